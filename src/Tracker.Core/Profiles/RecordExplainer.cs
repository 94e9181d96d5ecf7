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
    KeyedHasher hasher,
    PolicyRegister policies,
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

        var rules = policies.For(caller.Tenant).Rules.ToDictionary(rule => rule.Id, rule => rule.LegalReference);
        return new([.. records.OrderBy(record => record.Class)], rules);
    }

    /// <summary>By the message id as the caller's source sent it.</summary>
    public async Task<RecordExplanation> ExplainAsync(Caller caller, string messageId, Purpose purpose, CancellationToken cancellation)
    {
        var hash = hasher.Message(caller.Tenant, caller.Source, messageId);
        var key = await reader.FindKeyAsync(caller.Tenant, hash, cancellation) ?? throw RefusalException.InteractionNotFound();
        return await ExplainAsync(caller, key, purpose, cancellation);
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
        var gate = new ReadGate(purpose, policy, control, history, time.GetUtcNow());
        return [.. records
            .Select(record => record with { Grants = gate.Find(record) is { } grant ? [grant] : [] })
            .Where(record => record.Grants.Count > 0)];
    }
}
