using Tracker.Core.Model;

namespace Tracker.Core.Profiles;

/// <summary>What is held by a right that is explained: a record, or the contact document of a profile.</summary>
/// <param name="Since">When what it rests on happened.</param>
/// <param name="Record">Null: it is the contact document.</param>
internal sealed record Holding(TenantId Tenant, ProfileId Profile, DateTimeOffset Since, InteractionRecord? Record)
{
    public bool IsRestricted => Record?.IsRestricted == true;

    public static Holding Of(InteractionRecord record) => new(record.Tenant, record.Profile, record.OccurredAt, record);

    public static Holding Of(ContactDocument contact, Grant grant) => new(contact.Tenant, contact.Profile, grant.GivenAt ?? contact.Decision.DecidedAt, Record: null);
}
