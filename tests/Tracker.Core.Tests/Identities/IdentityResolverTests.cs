using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Identities;

public sealed class IdentityResolverTests
{
    private static readonly ProfileId Ada = new(Guid.Parse("00000000-0000-0000-0000-00000000000a"));
    private static readonly ProfileId Bob = new(Guid.Parse("00000000-0000-0000-0000-00000000000b"));
    private static readonly IdentifierHash AdasNumber = Hash(IdentifierKind.CustomerNumber, 1);
    private static readonly IdentifierHash BobsNumber = Hash(IdentifierKind.CustomerNumber, 2);
    private static readonly IdentifierHash AdasMail = Hash(IdentifierKind.Email, 3);
    private static readonly IdentifierHash SharedCookie = Hash(IdentifierKind.Cookie, 4);

    [Fact]
    public void An_unknown_person_needs_a_new_profile_with_all_identifiers()
    {
        var resolution = Resolve([], AdasNumber, SharedCookie);

        Assert.Null(resolution.Profile);
        Assert.Equal([AdasNumber, SharedCookie], resolution.Unlinked);
    }

    [Fact]
    public void A_known_identifier_leads_to_its_profile_and_links_the_unknown_forward()
    {
        var resolution = Resolve(new() { [AdasMail] = Ada }, SharedCookie, AdasMail);

        Assert.Equal(Ada, resolution.Profile);
        Assert.Equal([SharedCookie], resolution.Unlinked);
    }

    [Fact]
    public void The_stronger_identifier_decides_and_nothing_is_merged()
    {
        var resolution = Resolve(new() { [AdasNumber] = Ada, [SharedCookie] = Bob }, SharedCookie, AdasNumber);

        Assert.Equal(Ada, resolution.Profile);
        Assert.Empty(resolution.Unlinked);
    }

    [Fact]
    public void A_person_who_turns_up_on_a_known_machine_does_not_take_over_its_history()
    {
        var resolution = Resolve(new() { [SharedCookie] = Bob }, SharedCookie, AdasMail);

        Assert.Null(resolution.Profile);
        Assert.Equal([AdasMail], resolution.Unlinked);
    }

    [Fact]
    public void A_second_customer_number_is_a_second_person_even_with_the_same_mail()
    {
        var resolution = Resolve(new() { [AdasMail] = Ada, [AdasNumber] = Ada }, BobsNumber, AdasMail);

        Assert.Null(resolution.Profile);
        Assert.Equal([BobsNumber], resolution.Unlinked);
    }

    [Fact]
    public void A_receipt_number_names_nobody()
    {
        var resolution = Resolve([], Hash(IdentifierKind.Receipt, 9));

        Assert.Null(resolution.Profile);
        Assert.Empty(resolution.Unlinked);
    }

    [Fact]
    public void A_second_customer_number_beside_a_known_one_is_not_linked_to_the_same_person()
    {
        var resolution = Resolve(new() { [AdasNumber] = Ada }, AdasNumber, BobsNumber, SharedCookie);

        Assert.Equal(Ada, resolution.Profile);
        Assert.Equal([SharedCookie], resolution.Unlinked);
    }

    [Fact]
    public void Of_two_unknown_customer_numbers_one_is_linked()
    {
        var resolution = Resolve([], AdasNumber, BobsNumber);

        Assert.Equal([AdasNumber], resolution.Unlinked);
    }

    [Fact]
    public void Machine_that_led_elsewhere_is_taken_by_whoever_names_themselves_on_it()
    {
        var resolution = Resolve(new() { [AdasMail] = Ada, [SharedCookie] = Bob }, SharedCookie, AdasMail);

        Assert.Equal([new(SharedCookie, Bob)], resolution.Taken);
        Assert.Empty(Resolve(new() { [SharedCookie] = Bob }, SharedCookie).Taken);
    }

    [Fact]
    public void Profile_has_no_more_of_a_kind_than_it_may_and_says_what_is_left()
    {
        var known = Enumerable.Range(100, 20).ToDictionary(value => Hash(IdentifierKind.Email, value), _ => Ada);
        known[AdasNumber] = Ada;

        var resolution = Resolve(known, AdasNumber, AdasMail, SharedCookie);

        Assert.Equal(Ada, resolution.Profile);
        Assert.Equal([SharedCookie], resolution.Unlinked);
        Assert.Equal([AdasMail], resolution.Left);
    }

    [Fact]
    public void Values_that_were_linked_anew_under_a_second_key_leave_the_room_that_there_was()
    {
        var known = Enumerable.Range(100, 19).SelectMany(value => new[] { Hash(IdentifierKind.Email, value), Hash(IdentifierKind.Email, value + 100) with { KeyVersion = 2 } }).ToDictionary(link => link, _ => Ada);
        known[AdasNumber] = Ada;

        var resolution = Resolve(known, AdasNumber, Hash(IdentifierKind.Email, 300) with { KeyVersion = 2 }, Hash(IdentifierKind.Email, 301) with { KeyVersion = 2 });

        Assert.Single(resolution.Unlinked);
        Assert.Single(resolution.Left);
    }

    [Fact]
    public void Customer_number_under_the_old_key_leaves_no_room_for_another_under_the_new_one()
    {
        var resolution = Resolve(new() { [AdasNumber] = Ada }, AdasNumber, BobsNumber with { KeyVersion = 2 });

        Assert.Equal(Ada, resolution.Profile);
        Assert.Empty(resolution.Unlinked);
    }

    [Fact]
    public void Payment_token_of_a_household_does_not_decide_against_what_names_a_person()
    {
        var token = Hash(IdentifierKind.PaymentToken, 7);

        var resolution = Resolve(new() { [token] = Bob }, token, AdasMail);

        Assert.Null(resolution.Profile);
        Assert.Equal([AdasMail], resolution.Unlinked);
        Assert.Empty(resolution.Taken);
        Assert.Equal(Bob, Resolve(new() { [token] = Bob }, token).Profile);
    }

    private static Resolution Resolve(Dictionary<IdentifierHash, ProfileId> known, params IdentifierHash[] sent) => IdentityResolver.Resolve(
        sent,
        APolicy.Shipped.Identity,
        identifier => known.TryGetValue(identifier, out var profile) ? profile : null,
        profile => known.Where(link => link.Value == profile).Select(link => link.Key));

    private static IdentifierHash Hash(IdentifierKind kind, int value) => new(kind, 1, 0, (UInt128)value);
}
