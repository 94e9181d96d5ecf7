using Tracker.Core.Model;

namespace Tracker.Core.Identities;

/// <summary>What a merge or an unmerge changes.</summary>
/// <param name="Profiles">Each profile that it is about, once.</param>
/// <param name="Reviews">When everything of each of them is looked at again; written with it.</param>
public sealed record PersonChange(TenantId Tenant, IReadOnlyList<MemberChange> Profiles, IReadOnlyList<DateTimeOffset> Reviews);
