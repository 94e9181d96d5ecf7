using Tracker.Core.Model;
using Tracker.Core.Security;

namespace Tracker.Core.Tests.Security;

public sealed class KeyedHasherTests
{
    private static readonly TenantId Demo = new("demo");

    [Theory]
    [InlineData(IdentifierKind.Email, " Mario.Rossi@Example.COM ", "94fb8af606cf86baf8c0f5ca60813f6e7f936593ce7eb42aa3e09928ad765c75")]
    [InlineData(IdentifierKind.Phone, "+39 06 1234 5678", "81e47cd35267eae3d9e27e7df748e938b5a9adfa5302aa00a35ef09a4ad2ce98")]
    public void Identifiers_hash_as_the_golden_vectors_say(IdentifierKind kind, string sent, string hmac)
    {
        Assert.Null(IdentifierNormaliser.TryNormalise(new(kind, sent), region: null, out var normalised));

        var hash = new KeyedHasher(new VectorKeys(), TimeProvider.System).Identifier(Demo, kind, "", normalised);

        Assert.Equal(hmac, $"{hash.High:x32}{hash.Low:x32}");
    }

    [Fact]
    public void The_same_message_of_another_source_or_tenant_is_another()
    {
        var hasher = new KeyedHasher(new TestKit.FixedKeys(), TimeProvider.System);

        var hashes = new[] { hasher.Message(Demo, new("a"), "1"), hasher.Message(Demo, new("b"), "1"), hasher.Message(new("other"), new("a"), "1") };

        Assert.Equal(3, hashes.Distinct().Count());
    }

    [Fact]
    public void Source_and_message_cannot_be_shifted_into_each_other()
    {
        var hasher = new KeyedHasher(new TestKit.FixedKeys(), TimeProvider.System);

        Assert.NotEqual(hasher.Message(Demo, new("a"), "bc"), hasher.Message(Demo, new("ab"), "c"));
    }

    private sealed class VectorKeys : IKeyProvider
    {
        public IReadOnlyList<TenantKey> GetKeys(TenantId tenant)
        {
            byte[] key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
            return [new(1, key, key)];
        }

        public bool HasKeys(TenantId tenant) => true;
    }
}
