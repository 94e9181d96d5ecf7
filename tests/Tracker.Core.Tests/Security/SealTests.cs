using System.Security.Cryptography;
using CsCheck;
using Tracker.Core.Model;
using Tracker.Core.Security;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Security;

public sealed class SealTests
{
    private static readonly TenantId Demo = new("demo");
    private static readonly ProfileId Ada = ProfileId.New(TestTracker.Noon);
    private static readonly SealContext Context = new(Demo, Ada, new InteractionKey(7, 9), RetentionClass.Order);

    [Fact]
    public void What_is_sealed_opens_again()
    {
        Gen.Byte.Array[0, 500].Sample(plain =>
        {
            var key = DataKeys.New();
            return PayloadSeal.Open(key, Context, PayloadSeal.Seal(key, Context, plain)).AsSpan().SequenceEqual(plain);
        });
    }

    [Fact]
    public void A_payload_moved_to_another_place_does_not_open()
    {
        var key = DataKeys.New();
        var payload = PayloadSeal.Seal(key, Context, "content"u8);
        SealContext[] elsewhere =
        [
            Context with { Tenant = new("other") },
            Context with { Profile = ProfileId.New(TestTracker.Noon) },
            Context with { Key = new InteractionKey(7, 10) },
            Context with { Key = new InteractionKey(8, 9) },
            Context with { Class = RetentionClass.Fiscal },
        ];

        Assert.All(elsewhere, place => Assert.ThrowsAny<CryptographicException>(() => PayloadSeal.Open(key, place, payload)));
    }

    [Fact]
    public void One_changed_byte_and_it_does_not_open()
    {
        var key = DataKeys.New();
        var payload = PayloadSeal.Seal(key, Context, "content"u8);

        // The second byte names the tenant key of anonymous records; for a person's record nothing depends on it.
        Gen.Int[2, payload.Length - 1].Sample(position =>
        {
            var changed = payload.ToArray();
            changed[position] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => PayloadSeal.Open(key, Context, changed));
        });
    }

    [Fact]
    public void The_same_content_never_looks_the_same()
    {
        var key = DataKeys.New();

        Assert.NotEqual(PayloadSeal.Seal(key, Context, "content"u8), PayloadSeal.Seal(key, Context, "content"u8));
    }

    [Fact]
    public void A_wrapped_key_is_good_for_its_profile_and_class_only()
    {
        var dataKeys = new DataKeys(new FixedKeys(), TimeProvider.System);
        var key = DataKeys.New();
        var wrapped = dataKeys.Wrap(Demo, Ada, RetentionClass.Order, key);

        Assert.Equal(key.Bytes.ToArray(), dataKeys.Unwrap(Demo, Ada, RetentionClass.Order, wrapped).Bytes.ToArray());
        Assert.ThrowsAny<CryptographicException>(() => dataKeys.Unwrap(Demo, Ada, RetentionClass.Fiscal, wrapped));
        Assert.ThrowsAny<CryptographicException>(() => dataKeys.Unwrap(Demo, ProfileId.New(TestTracker.Noon), RetentionClass.Order, wrapped));
    }

    [Fact]
    public void A_record_without_a_person_has_a_key_of_its_own()
    {
        var dataKeys = new DataKeys(new FixedKeys(), TimeProvider.System);

        Assert.NotEqual(
            dataKeys.Derive(Context with { Profile = ProfileId.None }).Bytes.ToArray(),
            dataKeys.Derive(Context with { Profile = ProfileId.None, Key = new InteractionKey(7, 10) }).Bytes.ToArray());
    }
}
