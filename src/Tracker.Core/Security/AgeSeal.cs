using System.Text.Json;
using Tracker.Core.Model;

namespace Tracker.Core.Security;

/// <summary>A person's age on the control document, sealed with the key of (profile, evidence): it proves that the rules for children were kept.</summary>
public static class AgeSeal
{
    public static byte[] Seal(TenantId tenant, ProfileId profile, DataKey key, SubjectAge age) =>
        PayloadSeal.Seal(key, Context(tenant, profile), JsonSerializer.SerializeToUtf8Bytes(age, SealedJson.Default.SubjectAge));

    /// <returns>Null: not known, or its key is gone.</returns>
    public static SubjectAge? Open(this DataKeys dataKeys, Control control, ProfileKeys? keys) =>
        control.SealedAge.IsEmpty || keys?.Keys.TryGetValue(RetentionClass.Evidence, out var wrapped) != true
            ? null
            : JsonSerializer.Deserialize(
                PayloadSeal.Open(dataKeys.Unwrap(control.Tenant, control.Profile, RetentionClass.Evidence, wrapped!), Context(control.Tenant, control.Profile), control.SealedAge.Span),
                SealedJson.Default.SubjectAge);

    private static SealContext Context(TenantId tenant, ProfileId profile) => new(tenant, profile, default, RetentionClass.Evidence);
}
