using System.Security.Cryptography;
using System.Text;
using Tracker.Core.Model;
using Tracker.Core.Security;

namespace Tracker.TestKit;

/// <summary>The fake the key port has on purpose: the same keys for the same tenant in every run.</summary>
public sealed class FixedKeys : IKeyProvider
{
    public IReadOnlyList<TenantKey> GetKeys(TenantId tenant) =>
        [new(1, SHA256.HashData(Encoding.UTF8.GetBytes($"wrap {tenant}")), SHA256.HashData(Encoding.UTF8.GetBytes($"hash {tenant}")))];
}
