using System.Security.Cryptography;

namespace Tracker.Core.Security;

/// <summary>One version of a tenant's keys, from 1. A hash and a key schedule cost less than their set-up, so they are set up once.</summary>
/// <param name="version">From 1.</param>
/// <param name="wrappingKey">32 bytes; wraps the data keys of profiles (AES-256-GCM).</param>
/// <param name="hashKey">32 bytes; hashes identifiers and message ids (HMAC-SHA-256).</param>
public sealed class TenantKey(byte version, ReadOnlyMemory<byte> wrappingKey, ReadOnlyMemory<byte> hashKey)
{
    public const int NonceSize = 12;
    public const int TagSize = 16;
    public const int HashSize = 32;

    private readonly Reused<IncrementalHash> _hash = new(() => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, hashKey.Span));
    private readonly Reused<AesGcm> _wrapping = new(() => new AesGcm(wrappingKey.Span, TagSize));

    public byte Version => version;

    public ReadOnlyMemory<byte> WrappingKey => wrappingKey;

    public ReadOnlyMemory<byte> HashKey => hashKey;

    /// <summary>From when on identifiers are hashed under it; until then it is only looked for, so that no node writes what another cannot find.</summary>
    public DateTimeOffset WrittenFrom { get; init; }

    /// <param name="hmac">32 bytes.</param>
    public void Hash(ReadOnlySpan<byte> data, Span<byte> hmac)
    {
        var hash = _hash.Take();
        hash.AppendData(data);
        hash.GetHashAndReset(hmac);
        _hash.GiveBack(hash);
    }

    /// <summary>AES-256-GCM under the wrapping key; the nonce must never come twice.</summary>
    public void Wrap(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plain, Span<byte> wrapped, Span<byte> tag, ReadOnlySpan<byte> context)
    {
        var aes = _wrapping.Take();
        aes.Encrypt(nonce, plain, wrapped, tag, context);
        _wrapping.GiveBack(aes);
    }

    /// <exception cref="CryptographicException">Another key, another context, or changed bytes.</exception>
    public void Unwrap(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> wrapped, ReadOnlySpan<byte> tag, Span<byte> plain, ReadOnlySpan<byte> context)
    {
        var aes = _wrapping.Take();
        aes.Decrypt(nonce, wrapped, tag, plain, context);
        _wrapping.GiveBack(aes);
    }

    public override string ToString() => $"version {Version}";
}
