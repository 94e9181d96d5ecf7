using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Security;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Identities;

/// <summary>A web shop and a chain of stores that each number their customers from 1.</summary>
public sealed class SchemeTests : IAsyncLifetime
{
    private static readonly Identifier Number = new(IdentifierKind.CustomerNumber, "1001");

    private TestTracker _tracker = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Caller Web => _tracker.Caller with { Source = new("web"), Schemes = Of("shop"), KnownSchemes = new HashSet<string> { "shop", "stores" } };

    private Caller Till => _tracker.Caller with { Source = new("till"), Schemes = Of("stores"), KnownSchemes = new HashSet<string> { "shop", "stores" } };

    public async ValueTask InitializeAsync() => _tracker = await TestTracker.StartAsync();

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    public async Task Same_number_of_two_systems_is_two_people()
    {
        await RecordAsync(Web, "web", Number);
        await RecordAsync(Till, "till", Number);

        Assert.Equal(["web"], await ReadAsync(Web, Number));
        Assert.Equal(["till"], await ReadAsync(Till, Number));
    }

    [Fact]
    public async Task Whoever_asks_may_name_the_system_whose_number_it_is()
    {
        await RecordAsync(Web, "web", Number);

        Assert.Equal(["web"], await ReadAsync(Till, Number with { Scheme = "shop" }));
        await Assert.ThrowsAsync<RefusalException>(() => ReadAsync(Till, Number));
    }

    [Fact]
    public async Task One_person_has_a_number_of_each_system_and_two_of_one_are_two_people()
    {
        await RecordAsync(Web, "web", Number, An.Ada);
        await RecordAsync(Till, "till", An.Ada, new(IdentifierKind.CustomerNumber, "77"));
        await RecordAsync(Till, "other", An.Ada, new(IdentifierKind.CustomerNumber, "78"));

        Assert.Equal(["till", "web"], await ReadAsync(Web, Number));
        Assert.Equal(["other"], await ReadAsync(Till, new(IdentifierKind.CustomerNumber, "78")));
    }

    [Fact]
    public async Task Numbers_of_two_systems_are_no_bar_to_a_merge_and_two_of_one_are()
    {
        await RecordAsync(Web, "web", Number);
        await RecordAsync(Till, "till", Number);
        await RecordAsync(Till, "other", new Identifier(IdentifierKind.CustomerNumber, "78"));

        await _tracker.Merger.MergeAsync(Till, new(new(null, Number with { Scheme = "shop" }), new(null, Number), "", []), Cancellation);
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => _tracker.Merger.MergeAsync(Till, new(new(null, Number), new(null, new(IdentifierKind.CustomerNumber, "78")), "", []), Cancellation));

        Assert.Equal(RefusalReason.MergeRefused, refusal.Reason);
    }

    [Theory]
    [InlineData(IdentifierKind.CustomerNumber, "stors")]
    [InlineData(IdentifierKind.Email, "shop")]
    public async Task Scheme_that_nobody_has_or_that_the_kind_cannot_have_is_refused_by_its_field(IdentifierKind kind, string scheme)
    {
        var identifier = new Identifier(kind, kind == IdentifierKind.Email ? "ada@example.com" : "1001") { Scheme = scheme };

        var outcome = (await _tracker.Recorder.RecordAsync(Till, [An.Receipt("r") with { Identifiers = [identifier] }], Cancellation))[0];
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => ReadAsync(Till, identifier));

        Assert.Equal("identifiers[0].scheme", Assert.Single(outcome.Violations).Field);
        Assert.Equal("profile.identifier.scheme", Assert.Single(refusal.Violations).Field);
    }

    [Fact]
    public void Number_without_a_scheme_is_hashed_as_ever_and_none_of_another_system_meets_it()
    {
        var hasher = new KeyedHasher(new FixedKeys(), TimeProvider.System);

        var (plain, shop, stores) = (Hash(""), Hash("shop"), Hash("stores"));

        Assert.Equal((false, 0u), (plain.IsSchemed, plain.Scheme));
        Assert.Equal(3, new[] { plain, shop, stores }.Distinct().Count());
        Assert.NotEqual(shop.Scheme, stores.Scheme);
        Assert.Equal(shop.Scheme, hasher.Identifier(A.Tenant, IdentifierKind.CustomerNumber, "shop", "1002").Scheme);

        IdentifierHash Hash(string scheme) => hasher.Identifier(A.Tenant, IdentifierKind.CustomerNumber, scheme, "1001");
    }

    private static Dictionary<IdentifierKind, string> Of(string scheme) => IdentifierSchemes.Kinds.ToDictionary(kind => kind, _ => scheme);

    private async Task RecordAsync(Caller caller, string id, params Identifier[] by) =>
        Assert.NotEmpty((await _tracker.Recorder.RecordAsync(caller, [An.Receipt(id, at: TestTracker.Noon) with { Identifiers = by }], Cancellation))[0].Grants);

    private async Task<IEnumerable<string>> ReadAsync(Caller caller, Identifier by) =>
        (await _tracker.Profiles.ListAsync(caller, new() { Profile = new(null, by), Purpose = Purpose.OrderFulfilment }, Cancellation)).Items.Select(item => item.MessageId).Order(StringComparer.Ordinal);
}
