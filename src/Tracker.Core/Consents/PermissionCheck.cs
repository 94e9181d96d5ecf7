using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;
using Tracker.Core.Security;

namespace Tracker.Core.Consents;

/// <summary>"May I, now?" without an interaction; the same decision that guards every write.</summary>
public sealed class PermissionCheck(ProfileLookup lookup, PolicyRegister policies, TimeProvider time)
{
    public async Task<PermissionAnswer> CheckAsync(
        Caller caller,
        ProfileReference? reference,
        Purpose purpose,
        ContactChannel channel,
        CancellationToken cancellation)
    {
        var violations = new Violations();
        violations.Require(reference is not null, "profile", "is required");
        violations.Require(purpose != Purpose.Unspecified, "purpose", "is required");
        violations.Refuse();
        var control = await lookup.FindAsync(caller.Tenant, reference, cancellation);
        var ledger = control is null ? [] : await lookup.ReadLedgerAsync(caller.Tenant, control.Profile, cancellation);
        var policy = policies.For(caller.Tenant);
        return Answer(policy, purpose, channel, control, ConsentHistory.Fold(ledger, Activity.Of(control, policy)));
    }

    private PermissionAnswer Answer(Policy policy, Purpose purpose, ContactChannel channel, Control? control, PermissionHistory history)
    {
        var now = time.GetUtcNow();
        var facts = control?.Facts ?? Facts.None;
        var verdict = Gate.Decide(policy, purpose, new GateQuestion
        {
            ContactChannel = channel,
            HasPerson = true,
            Facts = facts,
            History = history,
            Contract = control is null ? null : new($"profile:{control.Profile}", IsOfAnother: false),
            OccurredAt = now,
            Now = now,
        });
        return new PermissionAnswer
        {
            IsPermitted = verdict.IsPermitted,
            Basis = verdict.Basis,
            EvidenceIds = verdict.EvidenceIds,
            Reason = verdict.Reason,
            Stage = Stages.At(facts, policy, now),
            ConsentEpoch = control?.ConsentEpoch ?? 0,
            PolicyVersion = policy.Version,
        };
    }
}
