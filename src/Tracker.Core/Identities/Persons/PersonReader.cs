using Tracker.Core.Model;
using Tracker.Core.Security;

namespace Tracker.Core.Identities.Persons;

/// <summary>Who is whom: the links of a person, from the control documents.</summary>
public sealed class PersonReader(ProfileLookup lookup, IIdentityStore identities)
{
    /// <summary>All that was ever said about a profile and others being one person.</summary>
    public async Task<LinkedPerson> ListLinksAsync(Caller caller, ProfileReference? reference, Purpose purpose, CancellationToken cancellation)
    {
        var violations = new Violations();
        violations.Require(reference is not null, "profile", "is required: profile_id or identifier");
        violations.CheckRead(purpose);
        violations.Refuse();
        var control = await lookup.GetAsync(caller, reference, cancellation);
        var person = await ReadAsync(control, cancellation);
        return new(person.Profiles, person.Links);
    }

    /// <summary>The profiles of a person that there are.</summary>
    internal Task<Person> ReadAsync(Control one, CancellationToken cancellation) => ReadAsync(one.Tenant, [one.Profile, .. one.Members], cancellation);

    /// <summary>The profiles of two people that there are.</summary>
    internal Task<Person> ReadAsync(Control one, Control other, CancellationToken cancellation) =>
        ReadAsync(one.Tenant, [one.Profile, .. one.Members, other.Profile, .. other.Members], cancellation);

    private async Task<Person> ReadAsync(TenantId tenant, IEnumerable<ProfileId> profiles, CancellationToken cancellation) =>
        new([.. (await identities.ReadControlsAsync(tenant, [.. profiles.Distinct().Order()], cancellation)).OfType<Control>()]);
}
