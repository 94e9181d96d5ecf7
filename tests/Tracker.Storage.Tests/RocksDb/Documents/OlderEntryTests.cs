using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Consents;
using Tracker.Storage.RocksDb.Documents;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.RocksDb.Documents;

/// <summary>Entries and notices of earlier versions of the product end before what was added since.</summary>
public sealed class OlderEntryTests
{
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
    public void Consent_written_before_an_act_had_parts_reads_as_a_whole_one()
    {
        var codec = new ConsentCodec();
        var entry = A.Consent(A.Ada) with { ContactChannels = [ContactChannel.Email] };
        var tail = new DocumentWriter();
        tail.Channels(entry.ActChannels);
        tail.Time(entry.AtLatest);
        tail.Identifiers(entry.Addresses);
        tail.Period(entry.RetentionTerm);
        tail.Flag(entry.LinksEarlierVisits);
        var bytes = codec.Write(new DocumentWriter(), entry)[..^tail.Written.Length].ToArray();

        var read = codec.Deserialize(bytes);

        Assert.Equal(Snapshot.Of(entry), Snapshot.Of(read));
        Assert.Equal([ContactChannel.Email], read.WholeAct);
    }

    [Fact]
    public void Withdrawal_written_before_it_told_of_two_clocks_reads_as_one_of_one_instant()
    {
        var codec = new ConsentCodec();
        var entry = A.Consent(A.Ada, state: ConsentState.Withdrawn);
        var tail = new DocumentWriter();
        tail.Time(entry.AtLatest);
        tail.Identifiers(entry.Addresses);
        tail.Period(entry.RetentionTerm);
        tail.Flag(entry.LinksEarlierVisits);
        var bytes = codec.Write(new DocumentWriter(), entry)[..^tail.Written.Length].ToArray();

        var read = codec.Deserialize(bytes);

        Assert.Equal(Snapshot.Of(entry), Snapshot.Of(read));
        Assert.Null(read.AtLatest);
    }

    [Fact]
    public void Consent_written_before_its_addresses_were_kept_reads_as_one_of_the_person()
    {
        var codec = new ConsentCodec();
        var entry = A.Consent(A.Ada);
        var tail = new DocumentWriter();
        tail.Identifiers(entry.Addresses);
        tail.Period(entry.RetentionTerm);
        tail.Flag(entry.LinksEarlierVisits);
        var bytes = codec.Write(new DocumentWriter(), entry)[..^tail.Written.Length].ToArray();

        var read = codec.Deserialize(bytes);

        Assert.Equal(Snapshot.Of(entry), Snapshot.Of(read));
        Assert.Empty(read.Addresses);
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
    public void Consent_written_before_it_told_how_long_data_is_kept_reads_as_one_that_states_nothing()
    {
        var codec = new ConsentCodec();
        var entry = A.Consent(A.Ada);
        var tail = new DocumentWriter();
        tail.Period(entry.RetentionTerm);
        tail.Flag(entry.LinksEarlierVisits);
        var bytes = codec.Write(new DocumentWriter(), entry)[..^tail.Written.Length].ToArray();

        var read = codec.Deserialize(bytes);

        Assert.Equal(Snapshot.Of(entry), Snapshot.Of(read));
        Assert.Null(read.RetentionTerm);
    }

    [Fact]
    public void Notice_written_before_it_told_how_long_data_is_kept_reads_as_one_that_states_nothing()
    {
        var codec = new NoticeCodec();
        var tail = new DocumentWriter();
        tail.Count(0);
        tail.Flag(false);
        var bytes = codec.Write(new DocumentWriter(), A.Notice())[..^tail.Written.Length].ToArray();

        Assert.Empty(codec.Deserialize(bytes).Scope.RetentionTerms);
    }

    [Fact]
    public void Consent_written_before_notices_told_of_earlier_visits_reads_as_one_that_links_none()
    {
        var codec = new ConsentCodec();
        var entry = A.Consent(A.Ada);
        var tail = new DocumentWriter();
        tail.Flag(entry.LinksEarlierVisits);
        var bytes = codec.Write(new DocumentWriter(), entry)[..^tail.Written.Length].ToArray();

        Assert.False(codec.Deserialize(bytes).LinksEarlierVisits);
    }
}
