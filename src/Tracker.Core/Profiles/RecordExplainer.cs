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
    PayloadOpener opener,
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

        var person = await ReadPersonAsync(records[0], cancellation);
        List<ExplainedRecord> explained = [];
        foreach (var record in records.OrderBy(record => record.Class))
        {
            var texts = await archive.FindTextsAsync(record.Tenant, record.Decision.PolicySha256, cancellation);
            explained.Add(new(record, texts, [.. record.Grants.Select(grant => Explain(record, grant, person))]));
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

    private async Task<Person> ReadPersonAsync(InteractionRecord record, CancellationToken cancellation)
    {
        if (record.Profile.IsNone)
        {
            return new(Facts.None, [], PermissionHistory.None, null);
        }

        var control = await lookup.FindAsync(record.Tenant, new(record.Profile, null), cancellation);
        var ledger = await lookup.ReadLedgerAsync(record.Tenant, record.Profile, cancellation);
        var age = control is null ? null : await opener.OpenAgeAsync(control, cancellation);
        return new(control?.Facts ?? Facts.None, ledger, ConsentHistory.Fold(ledger, Activity.Of(control, policies.For(record.Tenant))), age);
    }

    /// <summary>The gate itself says whether the right would be given again, for this basis and with this proof.</summary>
    private ExplainedGrant Explain(InteractionRecord record, Grant grant, Person person)
    {
        var policy = policies.For(record.Tenant);
        var now = time.GetUtcNow();
        var verdict = Gate.Decide(policy, grant.Purpose, new GateQuestion
        {
            Type = policy.Types.GetValueOrDefault(record.Type),
            HasPerson = !record.Profile.IsNone,
            Facts = person.Facts,
            History = person.History,
            Age = person.Age,
            Contract = grant.Basis is LegalBasis.Contract or LegalBasis.PreContract ? new(grant.EvidenceIds.FirstOrDefault(""), IsOfAnother: false) : null,
            Basis = grant.Basis,
            // What was stated of the message, and that nobody was recognised, was proved when it was kept.
            IsMessage = false,
            IsMinimised = true,
            IsRestricted = record.IsRestricted,
            OccurredAt = record.OccurredAt,
            Now = now,
        });
        var evidence = person.Ledger.Where(entry => grant.EvidenceIds.Contains(entry.Id.ToString()));
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
        var control = records[0].Profile.IsNone ? null : await lookup.FindAsync(records[0].Tenant, new(records[0].Profile, null), cancellation);
        var history = control is null ? PermissionHistory.None : await lookup.ReadHistoryAsync(control, policy, cancellation);
        var age = control is null ? null : await opener.OpenAgeAsync(control, cancellation);
        var gate = new ReadGate(purpose, policy, control, history, age, time.GetUtcNow());
        return [.. records
            .Select(record => record with { Grants = gate.Find(record) is { } grant ? [grant] : [] })
            .Where(record => record.Grants.Count > 0)];
    }

    private sealed record Person(Facts Facts, IReadOnlyList<ConsentEntry> Ledger, PermissionHistory History, SubjectAge? Age);
}
