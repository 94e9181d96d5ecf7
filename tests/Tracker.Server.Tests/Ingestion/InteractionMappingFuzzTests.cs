using CsCheck;
using Google.Protobuf;
using Tracker.Server.Ingestion;
using Tracker.Server.Model.Content;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.Ingestion;

public class InteractionMappingFuzzTests
{
    private static readonly byte[] Valid =
        new Wire.RecordInteractionsRequest { Interactions = { Sample.Purchase(), Sample.Purchase() } }.ToByteArray();

    private static readonly Gen<byte[]> Mutated =
        Gen.Select(Gen.Int[0, Valid.Length - 1], Gen.Byte).Array[1, 12].Select(changes =>
        {
            var bytes = (byte[])Valid.Clone();
            foreach (var (position, value) in changes)
            {
                bytes[position] = value;
            }

            return bytes;
        });

    [Fact]
    public void Mapping_never_throws_on_what_random_bytes_parse_to() => Gen.Byte.Array[0, 200].Sample(MapsIfItParses, iter: 20_000);

    [Fact]
    public void Mapping_never_throws_on_a_valid_message_gone_wrong() => Mutated.Sample(MapsIfItParses, iter: 20_000);

    private static void MapsIfItParses(byte[] bytes)
    {
        if (TryParse(bytes) is { Interactions.Count: > 0 } request)
        {
            Assert.All(InteractionMapping.ToCore(request.Interactions), draft =>
            {
                Assert.NotNull(draft.Content.ToWire());
                Assert.DoesNotContain(draft.Violations, violation => violation.Field.Length == 0 || violation.Description.Length == 0);
            });
        }
    }

    private static Wire.RecordInteractionsRequest? TryParse(byte[] bytes)
    {
        try
        {
            return Wire.RecordInteractionsRequest.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
