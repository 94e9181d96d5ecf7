using CsCheck;
using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Engine;
using Tracker.Storage.RocksDb.Records;
using Tracker.Storage.Tests.Contracts.Documents;

namespace Tracker.Storage.Tests.RocksDb.Documents;

public sealed class KeyOrderTests
{
    [Fact]
    public void Bytes_of_record_keys_sort_newest_first_then_by_interaction_and_class() =>
        Gen.Select(Arbitrary.Record, Arbitrary.Record).Sample((a, b) =>
        {
            var other = b with { Tenant = a.Tenant, Profile = a.Profile };
            var expected = other.OccurredAt.CompareTo(a.OccurredAt) is not 0 and var byTime ? byTime
                : a.Key.CompareTo(other.Key) is not 0 and var byKey ? byKey
                : a.Class.CompareTo(other.Class);

            return Math.Sign(expected) == Math.Sign(KeyOf(a).AsSpan().SequenceCompareTo(KeyOf(other)));
        });

    [Fact]
    public void Record_key_tells_its_interaction_and_class() => Arbitrary.Record.Sample(record =>
    {
        var key = KeyOf(record);

        return RecordKey.InteractionOf(key) == record.Key && RecordKey.ClassOf(key) == record.Class;
    });

    [Fact]
    public void Tenant_is_never_the_prefix_of_another()
    {
        var profile = new ProfileId(Guid.Empty);

        var shorter = ProfileKey.Write(new byte[KeyBuilder.MaxSize], new TenantId("a"), profile).ToArray();
        var longer = ProfileKey.Write(new byte[KeyBuilder.MaxSize], new TenantId("a-b"), profile).ToArray();

        Assert.False(longer.AsSpan().StartsWith(shorter.AsSpan(0, 2)));
    }

    [Fact]
    public void End_of_a_prefix_is_after_all_that_begin_with_it()
    {
        Assert.Equal([1, 3], KeyBuilder.EndOf([1, 2])!);
        Assert.Equal([2], KeyBuilder.EndOf([1, 0xFF, 0xFF])!);
        Assert.Null(KeyBuilder.EndOf([0xFF]));
    }

    private static byte[] KeyOf(InteractionRecord record) => RecordKey.Write(new byte[KeyBuilder.MaxSize], record).ToArray();
}
