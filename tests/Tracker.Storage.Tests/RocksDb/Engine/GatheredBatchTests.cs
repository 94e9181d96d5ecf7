using CsCheck;
using RocksDbSharp;
using Tracker.Storage.RocksDb.Engine;
using Tracker.Storage.RocksDb.Opening;

namespace Tracker.Storage.Tests.RocksDb.Engine;

public sealed class GatheredBatchTests : IDisposable
{
    private static readonly StorePart[] Parts = [StorePart.Records, StorePart.Unique, StorePart.Control];

    // A value of 200 KB a few times over grows the buffer.
    private static readonly Gen<byte[]?> Values = Gen.OneOf(Gen.Const((byte[]?)null), Gen.Byte.Array[1, 20].Select(bytes => (byte[]?)bytes), Gen.Byte.Select(value => (byte[]?)[.. Enumerable.Repeat(value, 200_000)]));

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"tracker-{Guid.CreateVersion7():N}");
    private readonly StoreEngine _engine;

    public GatheredBatchTests() => _engine = new StoreFolder(_path, TimeProvider.System, []).Open();

    public void Dispose()
    {
        _engine.Dispose();
        Directory.Delete(_path, recursive: true);
    }

    [Fact]
    public void What_a_session_said_last_of_a_key_is_what_is_stored() => Gen.Select(Gen.Int[0, 2], Gen.Byte[1, 4], Values).Array[1, 20].Sample(
        said =>
        {
            _engine.WriteAtOnce(session =>
            {
                foreach (var (part, key, value) in said)
                {
                    if (value is null)
                    {
                        session.Delete(Parts[part], [key]);
                    }
                    else
                    {
                        session.Put(Parts[part], [key], value);
                    }
                }
            });

            foreach (var last in said.GroupBy(write => (write.Item1, write.Item2)).Select(writes => writes.Last()))
            {
                Assert.Equal(last.Item3, _engine.Find(Parts[last.Item1], [last.Item2], AsIs.Reader));
            }
        },
        iter: 50,
        threads: 1);

    private sealed class AsIs : ISpanDeserializer<byte[]>
    {
        public static readonly AsIs Reader = new();

        public byte[] Deserialize(ReadOnlySpan<byte> buffer) => buffer.ToArray();
    }
}
