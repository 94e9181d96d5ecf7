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
        var records = await reader.FindAsync(caller.Tenant, key, cancellation);
        var person = await ReadPersonAsync(records, cancellation);
        records = Visible(records, purpose, person);
        if (records.Count == 0)
        {
            throw RefusalException.InteractionNotFound();
        }

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

    /// <summary>All records of an interaction are of the same person, or of none.</summary>
    private async Task<Person> ReadPersonAsync(IReadOnlyList<InteractionRecord> records, CancellationToken cancellation)
    {
        if (records.Count == 0 || records[0].Profile.IsNone)
        {
            return new(null, [], PermissionHistory.None, null);
        }

        var (tenant, profile) = (records[0].Tenant, records[0].Profile);
        var control = await lookup.FindAsync(tenant, new(profile, null), cancellation);
        var ledger = await lookup.ReadLedgerAsync(tenant, profile, cancellation);
        var age = control is null ? null : await opener.OpenAgeAsync(control, cancellation);
        return new(control, ledger, ConsentHistory.Fold(ledger, Activity.Of(control, policies.For(tenant))), age);
    }

    /// <summary>The gate itself says whether the right would be given again, for this basis and with this proof.</summary>
    private ExplainedGrant Explain(InteractionRecord record, Grant grant, Person person)
    {
        var policy = policies.For(record.Tenant);
        var now = time.GetUtcNow();
        var asked = GateQuestion.About(person.Control, person.History, person.Age, now);
        var verdict = Gate.Decide(policy, grant.Purpose, asked with
        {
            Type = policy.Types.GetValueOrDefault(record.Type),
            HasPerson = !record.Profile.IsNone,
            Contract = grant.Basis is LegalBasis.Contract or LegalBasis.PreContract ? new(grant.EvidenceIds.FirstOrDefault(""), IsOfAnother: false) : null,
            Basis = grant.Basis,
            // That nobody was recognised was proved when it was kept, and so was what was stated of a message.
            IsMinimised = true,
            IsRestricted = record.IsRestricted || asked.IsRestricted,
            OccurredAt = record.OccurredAt,
        });
        var evidence = person.Ledger.Where(entry => grant.EvidenceIds.Contains(entry.Id.ToString()));
        return new(grant, [.. evidence], grant.Until <= now ? Reason.RetentionAlreadyElapsed : verdict.Reason);
    }

    /// <summary>Whoever answers the person may see why everything is held; any other purpose only what is held for it.</summary>
    private IReadOnlyList<InteractionRecord> Visible(IReadOnlyList<InteractionRecord> records, Purpose purpose, Person person)
    {
        if (records.Count == 0 || purpose == Purpose.RightsHandling)
        {
            return records;
        }

        var gate = new ReadGate(purpose, policies.For(records[0].Tenant), person.Control, person.History, person.Age, time.GetUtcNow());
        return [.. records
            .Select(record => record with { Grants = gate.Find(record) is { } grant ? [grant] : [] })
            .Where(record => record.Grants.Count > 0)];
    }

    /// <param name="Control">Null: there is no person, or the profile is gone.</param>
    private sealed record Person(Control? Control, IReadOnlyList<ConsentEntry> Ledger, PermissionHistory History, SubjectAge? Age);
}
