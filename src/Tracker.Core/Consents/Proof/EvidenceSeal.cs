using System.Buffers.Binary;
using Tracker.Core.Model;
using Tracker.Core.Security;

namespace Tracker.Core.Consents.Proof;

/// <summary>Details of a proof, sealed with the key of (profile, evidence) and bound to their entry.</summary>
public static class EvidenceSeal
{
    public static byte[] Seal(ConsentEntry entry, DataKey key, EvidenceDetails details) =>
        PayloadSeal.Seal(key, Context(entry), EvidenceJson.Write(details));

    /// <returns>Null: there are none, or their key is gone.</returns>
    public static EvidenceDetails? Open(this DataKeys dataKeys, ConsentEntry entry, ProfileKeys? keys) =>
        entry.SealedDetails.IsEmpty || keys?.Keys.TryGetValue(RetentionClass.Evidence, out var wrapped) != true
            ? null
            : EvidenceJson.Read(PayloadSeal.Open(
                dataKeys.Unwrap(entry.Tenant, entry.Profile, RetentionClass.Evidence, wrapped!), Context(entry), entry.SealedDetails.Span));

    private static SealContext Context(ConsentEntry entry)
    {
        Span<byte> id = stackalloc byte[16];
        entry.Id.Value.TryWriteBytes(id, bigEndian: true, out _);
        return new(entry.Tenant, entry.Profile, new InteractionKey(0, BinaryPrimitives.ReadUInt128BigEndian(id)), RetentionClass.Evidence);
    }
}
