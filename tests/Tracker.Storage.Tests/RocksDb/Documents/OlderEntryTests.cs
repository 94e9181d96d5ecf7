using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Consents;
using Tracker.Storage.RocksDb.Documents;
using Tracker.Storage.RocksDb.Policies;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.RocksDb.Documents;

/// <summary>Entries and notices of earlier versions of the product end before what was added since.</summary>
public sealed class OlderEntryTests
{
    // What was added to an entry since it tells of more than consents, in that order.
    private static readonly Action<DocumentWriter, ConsentEntry>[] Added =
    [
        (writer, entry) => writer.Channels(entry.ActChannels),
        (writer, entry) => writer.Time(entry.AtLatest),
        (writer, entry) => writer.Identifiers(entry.Addresses),
        (writer, entry) => writer.Period(entry.RetentionTerm),
        (writer, entry) => writer.Flag(entry.LinksEarlierVisits),
        (writer, entry) => writer.Byte((byte)entry.AgeOfConsent),
    ];

    [Fact]
    public void Consent_written_before_the_ledger_had_more_than_consents_reads_as_one()
    {
        var entry = A.Consent(A.Ada);

        var read = ReadWithout(entry, tail => ConsentTail.Write(tail, entry));

        Assert.Equal(Snapshot.Of(entry), Snapshot.Of(read));
        Assert.Equal((LedgerKind.Consent, DecisionActor.Subject), (read.Kind, read.Actor));
    }

    [Fact]
    public void Consent_written_before_an_act_had_parts_reads_as_a_whole_one()
    {
        var entry = A.Consent(A.Ada) with { ContactChannels = [ContactChannel.Email] };

        var read = ReadBefore(0, entry);

        Assert.Equal(Snapshot.Of(entry), Snapshot.Of(read));
        Assert.Equal([ContactChannel.Email], read.WholeAct);
    }

    [Fact]
    public void Withdrawal_written_before_it_told_of_two_clocks_reads_as_one_of_one_instant()
    {
        var entry = A.Consent(A.Ada, state: ConsentState.Withdrawn) with { AtLatest = A.Noon };

        Assert.Equal(Snapshot.Of(entry with { AtLatest = null }), Snapshot.Of(ReadBefore(1, entry)));
    }

    [Fact]
    public void Consent_written_before_its_addresses_were_kept_reads_as_one_of_the_person()
    {
        var entry = A.Consent(A.Ada) with { Addresses = [A.Identifier(1)] };

        Assert.Equal(Snapshot.Of(entry with { Addresses = [] }), Snapshot.Of(ReadBefore(2, entry)));
    }

    [Fact]
    public void Consent_written_before_it_told_how_long_data_is_kept_reads_as_one_that_states_nothing()
    {
        var entry = A.Consent(A.Ada) with { RetentionTerm = new(6, 0, TimeSpan.Zero) };

        Assert.Equal(Snapshot.Of(entry with { RetentionTerm = null }), Snapshot.Of(ReadBefore(3, entry)));
    }

    [Fact]
    public void Consent_written_before_notices_told_of_earlier_visits_reads_as_one_that_links_none()
    {
        var entry = A.Consent(A.Ada) with { LinksEarlierVisits = true };

        Assert.Equal(Snapshot.Of(entry with { LinksEarlierVisits = false }), Snapshot.Of(ReadBefore(4, entry)));
    }

    [Fact]
    public void Consent_written_before_it_told_from_which_age_one_decided_reads_as_one_of_unknown_age()
    {
        var entry = A.Consent(A.Ada) with { AgeOfConsent = 14 };

        Assert.Equal(Snapshot.Of(entry with { AgeOfConsent = 0 }), Snapshot.Of(ReadBefore(5, entry)));
    }

    [Fact]
    public void Notice_written_before_it_had_a_scope_reads_as_one_that_states_none()
    {
        var codec = new NoticeCodec();
        var tail = new DocumentWriter();
        NoticeScopeFields.Write(tail, new NoticeScope());
        WriteRuleTerms(tail);
        var bytes = codec.Write(new DocumentWriter(), A.Notice())[..^tail.Written.Length].ToArray();

        Assert.Equal(Snapshot.Of(A.Notice()), Snapshot.Of(codec.Deserialize(bytes)));
    }

    [Fact]
    public void Notice_written_before_it_told_how_long_data_is_kept_reads_as_one_that_states_nothing()
    {
        var codec = new NoticeCodec();
        var tail = new DocumentWriter();
        tail.Count(0);
        tail.Flag(true);
        WriteRuleTerms(tail);
        var notice = A.Notice() with { Scope = A.Notice().Scope with { LinksEarlierVisits = true } };
        var bytes = codec.Write(new DocumentWriter(), notice)[..^tail.Written.Length].ToArray();

        Assert.Equal(Snapshot.Of(A.Notice()), Snapshot.Of(codec.Deserialize(bytes)));
    }

    [Fact]
    public void Notice_written_before_it_kept_what_the_rules_kept_then_reads_as_one_that_said_nothing()
    {
        var codec = new NoticeCodec();
        var tail = new DocumentWriter();
        NoticeScopeFields.WriteTerms(tail, Terms);
        tail.Period(Terms[0].Period);
        var notice = A.Notice() with { RuleTerms = Terms, SoftOptInRuleTerm = Terms[0].Period };
        var bytes = codec.Write(new DocumentWriter(), notice)[..^tail.Written.Length].ToArray();

        Assert.Equal(Snapshot.Of(A.Notice()), Snapshot.Of(codec.Deserialize(bytes)));
    }

    [Fact]
    public void Policy_written_before_it_told_when_it_came_back_reads_as_one_that_never_did()
    {
        var codec = new PolicyVersionCodec();
        var tail = new DocumentWriter();
        tail.Times([A.Noon]);
        var bytes = codec.Write(new DocumentWriter(), A.PolicyVersion() with { ResumedAt = [A.Noon] })[..^tail.Written.Length].ToArray();

        Assert.Equal(Snapshot.Of(A.PolicyVersion()), Snapshot.Of(codec.Deserialize(bytes)));
    }

    private static NoticeTerm[] Terms => [new(Purpose.Profiling, CalendarPeriod.OfMonths(12))];

    private static void WriteRuleTerms(DocumentWriter tail)
    {
        NoticeScopeFields.WriteTerms(tail, []);
        tail.Period(null);
    }

    private static ConsentEntry ReadBefore(int added, ConsentEntry entry) => ReadWithout(entry, tail =>
    {
        foreach (var write in Added[added..])
        {
            write(tail, entry);
        }
    });

    private static ConsentEntry ReadWithout(ConsentEntry entry, Action<DocumentWriter> write)
    {
        var codec = new ConsentCodec();
        var tail = new DocumentWriter();
        write(tail);
        return codec.Deserialize(codec.Write(new DocumentWriter(), entry)[..^tail.Written.Length].ToArray());
    }
}
