using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Tracker.Server.Security;

/// <summary>SHA-256 of an API key.</summary>
internal sealed class KeyHash
{
    private readonly byte[] _bytes;

    private KeyHash(byte[] bytes) => _bytes = bytes;

    /// <summary>What it is looked up by; the rest is compared in constant time.</summary>
    public long Prefix => BinaryPrimitives.ReadInt64BigEndian(_bytes);

    public static KeyHash Of(string key) => new(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    public static bool TryParse(string hex, out KeyHash hash)
    {
        var bytes = new byte[SHA256.HashSizeInBytes];
        hash = new KeyHash(bytes);
        return hex.Length == 2 * bytes.Length && Convert.FromHexString(hex, bytes, out _, out _) == System.Buffers.OperationStatus.Done;
    }

    public bool IsSameAs(KeyHash other) => CryptographicOperations.FixedTimeEquals(_bytes, other._bytes);
}
