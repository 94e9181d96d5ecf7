using CsCheck;
using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Consents;
using Tracker.Storage.RocksDb.Counts;
using Tracker.Storage.RocksDb.Documents;
using Tracker.Storage.RocksDb.Identities;
using Tracker.Storage.RocksDb.Keys;
using Tracker.Storage.RocksDb.Profiles;
using Tracker.Storage.RocksDb.Records;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.RocksDb.Documents;

public sealed class CodecTests
{
    [Fact]
    public void Record_comes_back_as_it_was_written() => AssertRoundTrip(new RecordCodec(), Arbitrary.Record);

    [Fact]
    public void Control_comes_back_as_it_was_written() => AssertRoundTrip(new ControlCodec(), Arbitrary.Control);

    [Fact]
    public void Contact_comes_back_as_it_was_written() => AssertRoundTrip(new ContactCodec(), Arbitrary.Contact);

    [Fact]
    public void Keys_come_back_as_they_were_written() => AssertRoundTrip(new ProfileKeysCodec(), Arbitrary.Keys);

    [Fact]
    public void Consent_comes_back_as_it_was_written() => AssertRoundTrip(new ConsentCodec(), Arbitrary.Consent);

    [Fact]
    public void Notice_comes_back_as_it_was_written() => AssertRoundTrip(new NoticeCodec(), Arbitrary.Notice);

    [Fact]
    public void Count_comes_back_as_it_was_written() => AssertRoundTrip(new CountCodec(), Arbitrary.Count);

    [Fact]
    public void Identifier_comes_back_as_it_was_written() => AssertRoundTrip(
        new IdentifierLinkCodec(),
        Gen.Select(Gen.Guid, Arbitrary.Time, (profile, end) => new IdentifierLink(new ProfileId(profile), end)));

    [Fact]
    public void Consent_request_comes_back_as_it_was_written() => AssertRoundTrip(
        new ConsentRequestCodec(),
        Gen.Select(Gen.Guid, Gen.Long, Gen.Long, Arbitrary.Time, (profile, sequence, epoch, end) => new ConsentRequest(new ProfileId(profile), sequence, epoch, end)));

    [Fact]
    public void Entry_of_an_interaction_comes_back_as_it_was_written() => AssertRoundTrip(
        new InteractionEntryCodec(),
        Gen.Select(Arbitrary.Record, Gen.UShort, Arbitrary.Time, (record, present, end) => new InteractionEntry
        {
            Key = record.Key,
            Tenant = record.Tenant,
            Profile = record.Profile,
            OccurredAt = record.OccurredAt,
            Present = new RetentionClasses(present),
            Expected = record.Classes,
            Batch = record.Batch,
            ExpireAt = end,
        }));

    [Fact]
    public void Times_are_kept_to_the_millisecond_in_utc()
    {
        var sent = A.Count() with { StartedAt = new DateTimeOffset(2026, 3, 2, 14, 0, 0, 1, 999, TimeSpan.FromHours(2)) };

        var stored = RoundTrip(new CountCodec(), sent);

        Assert.Equal(A.Noon.AddMilliseconds(1), stored.StartedAt);
        Assert.Equal(TimeSpan.Zero, stored.StartedAt.Offset);
    }

    [Fact]
    public void Consent_written_before_the_ledger_had_more_than_consents_reads_as_one()
    {
        var codec = new ConsentCodec();
        var entry = A.Consent(A.Ada);
        var tail = new DocumentWriter();
        ConsentTail.Write(tail, entry);
        var bytes = codec.Write(new DocumentWriter(), entry)[..^tail.Written.Length].ToArray();

        var read = codec.Deserialize(bytes);

        Assert.Equal(Snapshot.Of(entry), Snapshot.Of(read));
        Assert.Equal((LedgerKind.Consent, DecisionActor.Subject), (read.Kind, read.Actor));
    }

    [Fact]
    public void Notice_written_before_it_had_a_scope_reads_as_one_that_states_none()
    {
        var codec = new NoticeCodec();
        var tail = new DocumentWriter();
        NoticeScopeFields.Write(tail, new NoticeScope());
        var bytes = codec.Write(new DocumentWriter(), A.Notice())[..^tail.Written.Length].ToArray();

        Assert.Equal(Snapshot.Of(A.Notice()), Snapshot.Of(codec.Deserialize(bytes)));
    }

    [Fact]
    public void Document_of_an_unknown_format_is_a_fault()
    {
        var codec = new CountCodec();
        var bytes = codec.Write(new DocumentWriter(), A.Count()).ToArray();
        bytes[0] = 9;

        var fault = Assert.Throws<InvalidOperationException>(() => codec.Deserialize(bytes));

        Assert.Contains("unknown format 9", fault.Message, StringComparison.Ordinal);
    }

    private static void AssertRoundTrip<T>(DocumentCodec<T> codec, Gen<T> documents)
        where T : class => documents.Sample(document => Assert.Equal(Snapshot.Of(document), Snapshot.Of(RoundTrip(codec, document))), iter: 300);

    private static T RoundTrip<T>(DocumentCodec<T> codec, T document)
        where T : class => codec.Deserialize(codec.Write(new DocumentWriter(), document));
}
