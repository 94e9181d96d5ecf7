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
        var records = await VisibleAsync(await reader.FindAsync(caller.Tenant, key, cancellation), purpose, cancellation);
        if (records.Count == 0)
        {
            throw RefusalException.InteractionNotFound();
        }

        var person = await FindPersonAsync(records[0], cancellation);
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

    /// <returns>Null: what has no person.</returns>
    private async Task<KnownPerson?> FindPersonAsync(InteractionRecord record, CancellationToken cancellation) => record.Profile.IsNone
        ? null
        : (await people.ReadAsync(record.Tenant, [new(record.Profile, null)], policies.For(record.Tenant), cancellation))[0];

    /// <summary>The gate itself says whether the right would be given again, for this basis and with this proof.</summary>
    private ExplainedGrant Explain(InteractionRecord record, Grant grant, KnownPerson? person, IReadOnlyList<ConsentEntry> ledger)
    {
        var policy = policies.For(record.Tenant);
        var now = time.GetUtcNow();
        var verdict = Gate.Decide(policy, grant.Purpose, new GateQuestion
        {
            Type = policy.Types.GetValueOrDefault(record.Type),
            HasPerson = !record.Profile.IsNone,
            Facts = person?.Control.Facts ?? Facts.None,
            History = person?.History ?? PermissionHistory.None,
            LastInteractionAt = person?.Control.LastInteractionAt,
            Age = person?.Age,
            Contract = grant.Basis is LegalBasis.Contract or LegalBasis.PreContract ? new(grant.EvidenceIds.FirstOrDefault(""), IsOfAnother: false) : null,
            Basis = grant.Basis,
            // What was stated of the message, and that nobody was recognised, was proved when it was kept.
            IsMessage = false,
            IsMinimised = true,
            IsRestricted = record.IsRestricted,
            OccurredAt = record.OccurredAt,
            Now = now,
        });
        var evidence = ledger.Where(entry => grant.EvidenceIds.Contains(entry.Id.ToString()));
        return new(grant, [.. evidence], grant.Until <= now ? Reason.RetentionAlreadyElapsed : verdict.Reason);
    }

    /// <summary>Whoever answers the person may see why everything is held; any other purpose only what is held for it.</summary>
    private async Task<IReadOnlyList<InteractionRecord>> VisibleAsync(IReadOnlyList<InteractionRecord> records, Purpose purpose, CancellationToken cancellation)
    {
        if (records.Count == 0 || purpose == Purpose.RightsHandling)
        {
            return records;
        }

        var policy = policies.For(records[0].Tenant);
        var gate = new ReadGate(purpose, policy, await FindPersonAsync(records[0], cancellation), time.GetUtcNow());
        return [.. records
            .Select(record => record with { Grants = gate.Find(record) is { } readable ? [readable.Grant] : [] })
            .Where(record => record.Grants.Count > 0)];
    }
}
