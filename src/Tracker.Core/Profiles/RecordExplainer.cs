using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;
using Tracker.Core.Security;

namespace Tracker.Core.Profiles;

/// <summary>Why is this held? Answered from what is stored with the records alone (GDPR Art. 5(2), R-014).</summary>
public sealed class RecordExplainer(
    IProfileReader reader,
    ProfileLookup lookup,
    PeopleReader people,
    KeyedHasher hasher,
    PolicyRegister policies,
    PolicyArchive archive,
    TimeProvider time)
{
    public async Task<RecordExplanation> ExplainAsync(Caller caller, InteractionKey key, Purpose purpose, CancellationToken cancellation)
    {
        var violations = new Violations();
        violations.Require(purpose != Purpose.Unspecified, "purpose", "is required: every read of personal data names what it is for (GDPR Art. 5(1)(b))");
        violations.Refuse();
        var records = await reader.FindAsync(caller.Tenant, key, cancellation);
        var person = records.Count == 0 ? null : await FindPersonAsync(records[0], cancellation);
        records = Visible(records, purpose, person);
        if (records.Count == 0)
        {
            throw RefusalException.InteractionNotFound();
        }

        var ledger = person is null ? [] : await lookup.ReadLedgerAsync(person.Control.Tenant, person.Control.Profile, cancellation);
        List<ExplainedRecord> explained = [];
        foreach (var record in records.OrderBy(record => record.Class))
        {
            var texts = await archive.FindTextsAsync(record.Tenant, record.Decision.PolicySha256, cancellation);
            explained.Add(new(record, texts, [.. record.Grants.Select(grant => Explain(record, grant, person, ledger))]));
        }

        return new(explained);
    }

    /// <summary>By the message id as the caller's source sent it.</summary>
    public async Task<RecordExplanation> ExplainAsync(Caller caller, string messageId, Purpose purpose, CancellationToken cancellation)
    {
        var hash = hasher.Message(caller.Tenant, caller.Source, messageId);
        var key = await reader.FindKeyAsync(caller.Tenant, hash, cancellation) ?? throw RefusalException.InteractionNotFound();
        return await ExplainAsync(caller, key, purpose, cancellation);
    }

    /// <summary>All records of an interaction are of the same person, or of none.</summary>
    /// <returns>Null: of none.</returns>
    private async Task<KnownPerson?> FindPersonAsync(InteractionRecord record, CancellationToken cancellation) => record.Profile.IsNone
        ? null
        : await people.FindAsync(record.Tenant, new(record.Profile, null), policies.For(record.Tenant), cancellation);

    /// <summary>The gate itself says whether the right would be given again, for this basis and with this proof.</summary>
    private ExplainedGrant Explain(InteractionRecord record, Grant grant, KnownPerson? person, IReadOnlyList<ConsentEntry> ledger)
    {
        var policy = policies.For(record.Tenant);
        var now = time.GetUtcNow();
        var asked = GateQuestion.About(person?.Control, person?.History ?? PermissionHistory.None, person?.Age, now);
        var type = policy.Types.GetValueOrDefault(record.Type);
        var verdict = Gate.Decide(policy, grant.Purpose, asked with
        {
            Type = type,
            // What the interaction itself proved counts, as it did when it was kept: a sale to nobody known is a sale.
            Facts = asked.Facts.Merge(Stages.Establish(type?.Fact, record.OccurredAt, isIdentified: false)),
            HasPerson = !record.Profile.IsNone,
            Contract = grant.Basis is LegalBasis.Contract or LegalBasis.PreContract ? new(grant.EvidenceIds.FirstOrDefault(""), IsOfAnother: false) : null,
            Basis = grant.Basis,
            // That nobody was recognised was proved when it was kept, and so was what was stated of a message.
            IsMinimised = true,
            IsRestricted = record.IsRestricted || asked.IsRestricted,
            OccurredAt = record.OccurredAt,
        });
        var evidence = ledger.Where(entry => grant.EvidenceIds.Contains(entry.Id.ToString()));
        return new(grant, [.. evidence], grant.Until <= now ? Reason.RetentionAlreadyElapsed : verdict.Reason);
    }

    /// <summary>Whoever answers the person may see why everything is held; any other purpose only what is held for it.</summary>
    private IReadOnlyList<InteractionRecord> Visible(IReadOnlyList<InteractionRecord> records, Purpose purpose, KnownPerson? person)
    {
        if (records.Count == 0 || purpose == Purpose.RightsHandling)
        {
            return records;
        }

        var gate = new ReadGate(purpose, policies.For(records[0].Tenant), person, time.GetUtcNow());
        return [.. records
            .Select(record => record with { Grants = gate.Find(record) is { } readable ? [readable.Grant] : [] })
            .Where(record => record.Grants.Count > 0)];
    }
}
