using Tracker.Core.Consents;
using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;
using Tracker.Core.Policies.Proofs;

namespace Tracker.Core.Profiles;

/// <summary>
/// Visits from before somebody was named on a machine. They are read as the person's for one purpose alone, while a consent of the person's to it
/// stands whose notice said so, and each by what was lawful when it was kept and is now (E10). Nothing is kept for it, so nothing has to be taken back. A machine
/// that anybody else was ever named on, or may have been, tells nothing (E11).
/// </summary>
public sealed class EarlierVisits(IIdentityStore identities, PeopleReader people)
{
    /// <param name="person">All profiles of the person.</param>
    /// <returns>The anonymous profiles that are read with them.</returns>
    public async Task<IReadOnlyList<KnownPerson>> ReadAsync(IReadOnlyList<KnownPerson> person, Purpose purpose, Policy policy, DateTimeOffset now, CancellationToken cancellation)
    {
        List<Control> consenting = [.. person.Where(member => member.History.Consents.Any(consent => Covers(consent, purpose, now) && MayLink(consent, member.Age, policy, now))).Select(member => member.Control)];
        if (consenting.Count == 0)
        {
            return [];
        }

        var tenant = consenting[0].Tenant;
        var own = person.Select(member => member.Control.Profile).ToHashSet();
        var onOwn = await FindHoldersAsync(tenant, consenting.SelectMany(control => Machines(control, policy)), cancellation);
        var visitors = onOwn.Values
            .Where(holders => holders is [.., var last] && own.Contains(last.Profile) && holders.All(holder => own.Contains(holder.Profile) || policy.Identity.IsAnonymous(holder)))
            .SelectMany(holders => holders)
            .Where(holder => !own.Contains(holder.Profile))
            .DistinctBy(holder => holder.Profile)
            .ToDictionary(holder => holder.Profile);
        // A visitor who was seen on somebody else's machine too may be that one.
        var onAny = await FindHoldersAsync(tenant, visitors.Values.SelectMany(visitor => visitor.Identifiers), cancellation);
        List<Control> parts = [.. visitors.Values.Where(visitor => visitor.Identifiers.All(machine =>
            onAny[machine] is { Count: > 0 } holders && holders.All(holder => own.Contains(holder.Profile) || visitors.ContainsKey(holder.Profile))))];
        return await people.ReadPartsAsync(parts, [.. own], policy, cancellation);
    }

    /// <returns>For each machine all whom it leads or led to, the last one last; none: one of them is gone, or there were too many to remember.</returns>
    private async Task<Dictionary<IdentifierHash, IReadOnlyList<Control>>> FindHoldersAsync(TenantId tenant, IEnumerable<IdentifierHash> machines, CancellationToken cancellation)
    {
        List<IdentifierHash> asked = [.. machines.Distinct()];
        var found = asked.Count == 0 ? [] : await identities.FindEverybodyAsync(tenant, asked, cancellation);
        List<ProfileId> profiles = [.. found.SelectMany(holders => holders).Distinct()];
        var read = profiles.Count == 0 ? [] : await identities.ReadControlsAsync(tenant, profiles, cancellation);
        var controls = read.OfType<Control>().ToDictionary(control => control.Profile);
        return asked.Zip(found).ToDictionary(
            pair => pair.First,
            pair => pair.Second.Count <= IdentifierLink.MaxEarlier && pair.Second.All(controls.ContainsKey) ? (IReadOnlyList<Control>)[.. pair.Second.Select(holder => controls[holder])] : []);
    }

    private static IEnumerable<IdentifierHash> Machines(Control control, Policy policy) => control.Identifiers.Where(identifier => policy.Identity.NamesAMachine(identifier.Kind));

    /// <summary>Neither void nor resting for the age of whoever gave it (R-043, E13).</summary>
    private static bool MayLink(ConsentSpan consent, SubjectAge? age, Policy policy, DateTimeOffset now) =>
        !Ages.IsVoid(policy, age, isChildDirected: false, consent) && !Ages.IsPaused(policy, age, consent, now);

    private static bool Covers(ConsentSpan consent, Purpose purpose, DateTimeOffset now) =>
        consent is { LinksEarlierVisits: true, IsPending: false, Controller: "" } && consent.Purpose == purpose && consent.From <= now && now < consent.Until;
}
