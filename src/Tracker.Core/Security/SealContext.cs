using System.Text;
using Tracker.Core.Model;

namespace Tracker.Core.Security;

/// <summary>
/// What a sealed payload is bound to (AES-GCM additional data): moved to another tenant, profile, interaction or class,
/// it does not open.
/// </summary>
public readonly record struct SealContext(TenantId Tenant, ProfileId Profile, InteractionKey Key, RetentionClass Class)
{
    public static SealContext Contact(TenantId tenant, ProfileId profile) => new(tenant, profile, default, RetentionClass.Contact);

    public static SealContext Of(InteractionRecord record) => new(record.Tenant, record.Profile, record.Key, record.Class);

    public byte[] ToBytes()
    {
        var tenant = Encoding.UTF8.GetByteCount(Tenant.Value);
        var bytes = new byte[tenant + 1 + 16 + InteractionKey.Size + 1];
        Encoding.UTF8.GetBytes(Tenant.Value, bytes);
        Profile.Value.TryWriteBytes(bytes.AsSpan(tenant + 1), bigEndian: true, out _);
        Key.Write(bytes.AsSpan(tenant + 17));
        bytes[^1] = (byte)Class;
        return bytes;
    }
}
