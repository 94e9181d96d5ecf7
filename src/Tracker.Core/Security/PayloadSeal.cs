using System.Security.Cryptography;
using Tracker.Core.Model;

namespace Tracker.Core.Security;

/// <summary>
/// Seals message id and content with AES-256-GCM: format (1), tenant key version (1), nonce (12), ciphertext, tag (16).
/// Nonces are random: a key of (profile, class) never comes near 2^32 messages.
/// </summary>
public static class PayloadSeal
{
    private const byte Format = 1;
    private const int Head = 14;
    private const int TagSize = 16;

    public static byte[] Seal(DataKey key, SealContext context, ReadOnlySpan<byte> plain)
    {
        var sealedBytes = new byte[Head + plain.Length + TagSize];
        sealedBytes[0] = Format;
        sealedBytes[1] = key.TenantKeyVersion;
        RandomBits.Take(12).CopyTo(sealedBytes.AsSpan(2, 12));
        using var aes = new AesGcm(key.Bytes.Span, TagSize);
        aes.Encrypt(
            sealedBytes.AsSpan(2, 12),
            plain,
            sealedBytes.AsSpan(Head, plain.Length),
            sealedBytes.AsSpan(Head + plain.Length),
            context.ToBytes());
        return sealedBytes;
    }

    /// <summary>The version of the tenant key that an anonymous payload's key is derived from.</summary>
    public static byte TenantKeyVersion(ReadOnlySpan<byte> sealedBytes) => sealedBytes[1];

    /// <exception cref="CryptographicException">Wrong key, wrong context, or changed bytes.</exception>
    public static byte[] Open(DataKey key, SealContext context, ReadOnlySpan<byte> sealedBytes)
    {
        if (sealedBytes.Length < Head + TagSize || sealedBytes[0] != Format)
        {
            throw new CryptographicException("Not a sealed payload of a known format.");
        }

        var plain = new byte[sealedBytes.Length - Head - TagSize];
        using var aes = new AesGcm(key.Bytes.Span, TagSize);
        aes.Decrypt(sealedBytes.Slice(2, 12), sealedBytes[Head..^TagSize], sealedBytes[^TagSize..], plain, context.ToBytes());
        return plain;
    }
}
