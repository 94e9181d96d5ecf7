using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;
using Tracker.Core.Security;

namespace Tracker.Core.Consents;

/// <summary>
/// "May we ask again?" Not for six months after a refusal, unless the notice has changed materially or the choice cannot be
/// known (Garante 231/2021, R-151).
/// </summary>
public sealed class PromptCheck(ProfileLookup lookup, INoticeStore notices, PolicyRegister policies, TimeProvider time)
{
    public async Task<PromptAnswer> CheckAsync(Caller caller, ProfileReference? reference, Purpose purpose, ContactChannel channel, CancellationToken cancellation)
    {
        var violations = new Violations();
        violations.CheckProfile(reference);
        violations.Require(purpose != Purpose.Unspecified, "purpose", "is required");
        violations.Refuse();
        if (await lookup.FindAsync(caller.Tenant, reference, cancellation) is not { } control)
        {
            return new(MayAsk: true, null);
        }

        var now = time.GetUtcNow();
        var policy = policies.For(caller.Tenant);
        var ledger = await lookup.ReadLedgerAsync(caller.Tenant, control.Profile, cancellation);
        var history = ConsentHistory.Fold(ledger, Activity.Of(control, policy));
        if (history.Consents.Any(span =>
            span.Purpose == purpose && span.Controller.Length == 0 && IsAbout(span.ContactChannel, channel) && span.From <= now && now < span.Until))
        {
            return new(MayAsk: false, null);
        }

        var refusal = ledger
            .Where(entry => entry.State == ConsentState.Refused && (channel == ContactChannel.Unspecified ? entry.Purpose == purpose : entry.Covers(purpose, channel)))
            .MaxBy(entry => entry.EffectiveAt);
        if (refusal is null || policy.Add(refusal.EffectiveAt, policy.ReaskAfter) is var earliest && earliest <= now)
        {
            return new(MayAsk: true, null);
        }

        var changed = await ChangedAtAsync(caller.Tenant, refusal, cancellation);
        return changed <= now ? new(MayAsk: true, null) : new(MayAsk: false, changed < earliest ? changed : earliest);
    }

    /// <summary>When a version of the notice that says something materially new comes into use.</summary>
    private async Task<DateTimeOffset?> ChangedAtAsync(TenantId tenant, ConsentEntry refusal, CancellationToken cancellation) => refusal.NoticeId is null
        ? null
        : (await notices.ListAsync(tenant, refusal.NoticeId, cancellation))
            .Where(notice => notice.Scope.IsMaterialChange && notice.EffectiveAt > refusal.EffectiveAt)
            .Select(notice => (DateTimeOffset?)notice.EffectiveAt)
            .Min();

    private static bool IsAbout(ContactChannel covered, ContactChannel asked) =>
        asked == ContactChannel.Unspecified || covered == ContactChannel.Unspecified || covered == asked;
}
