using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Tracker.Core.Model;

namespace Tracker.Core.Security;

/// <summary>Opaque, signed page tokens: a position that is good for one query of one tenant only.</summary>
public sealed class PageTokens(KeyedHasher hasher)
{
    public const int DefaultSize = 50;
    public const int MaxSize = 500;
    private const int TagSize = 16;

    /// <summary>0: the default; too big: clamped. Negative is refused before.</summary>
    public static int Size(int requested) => requested == 0 ? DefaultSize : Math.Min(requested, MaxSize);

    public string Write(TenantId tenant, string query, ReadOnlySpan<byte> position) =>
        Base64Url.EncodeToString([.. position, .. Tag(tenant, query, position)]);

    /// <returns>The position; null for an empty token.</returns>
    /// <exception cref="RefusalException">The token was not made here for this query.</exception>
    public byte[]? Read(TenantId tenant, string query, string token)
    {
        if (token.Length == 0)
        {
            return null;
        }

        var bytes = new byte[Base64Url.GetMaxDecodedLength(token.Length)];
        if (Base64Url.DecodeFromChars(token, bytes, out _, out var written) != OperationStatus.Done || written < TagSize)
        {
            throw RefusalException.PageTokenInvalid();
        }

        var position = bytes[..(written - TagSize)];
        return CryptographicOperations.FixedTimeEquals(bytes.AsSpan(written - TagSize, TagSize), Tag(tenant, query, position))
            ? position
            : throw RefusalException.PageTokenInvalid();
    }

    private ReadOnlySpan<byte> Tag(TenantId tenant, string query, ReadOnlySpan<byte> position) =>
        hasher.Tag(tenant, [.. Encoding.UTF8.GetBytes($"page\0{query}\0"), .. position]).AsSpan(0, TagSize);
}
