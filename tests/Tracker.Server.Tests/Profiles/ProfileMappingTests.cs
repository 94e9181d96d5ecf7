using Tracker.Core.Model;
using Tracker.Server.Profiles;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.Profiles;

public class ProfileMappingTests
{
    private static readonly ProfileId Ada = ProfileId.New(DateTimeOffset.UnixEpoch);

    [Fact]
    public void A_profile_is_named_by_the_id_it_was_answered_with()
    {
        var request = new Wire.GetProfileRequest { Profile = new() { ProfileId = Ada.ToString() }, Purpose = Wire.Purpose.CustomerCare };

        Assert.Equal(new ProfileQuery(new ProfileReference(Ada, null), Purpose.CustomerCare), request.ToCore());
    }

    [Theory]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("{c56a4180-65aa-42ec-a945-5fd21dec0538}")]
    public void What_is_no_profile_id_is_refused_by_name(string text)
    {
        var request = new Wire.GetProfileRequest { Profile = new() { ProfileId = text }, Purpose = Wire.Purpose.CustomerCare };

        Assert.Equal(["profile.profile_id"], Fields(() => request.ToCore()));
    }

    [Fact]
    public void An_identifier_of_an_unknown_kind_is_refused_by_name()
    {
        var request = new Wire.GetProfileRequest { Profile = new() { Identifier = new() { Kind = (Wire.IdentifierKind)50 } }, Purpose = Wire.Purpose.CustomerCare };

        Assert.Equal(["profile.identifier.kind"], Fields(() => request.ToCore()));
    }

    [Fact]
    public void A_read_without_a_profile_or_a_purpose_is_told_of_both() =>
        Assert.Equal(["profile", "purpose"], Fields(() => new Wire.GetProfileRequest().ToCore()));

    [Fact]
    public void What_of_a_list_cannot_be_converted_is_told_with_what_else_is_wrong()
    {
        var request = new Wire.ListInteractionsRequest
        {
            Profile = new() { ProfileId = Ada.ToString() },
            Purpose = (Wire.Purpose)200,
            Channels = { (Wire.Channel)99 },
            FromAt = new() { Seconds = long.MinValue },
        };

        Assert.Equal(["purpose", "channels[0]", "from_at"], request.ToCore().Violations.Select(violation => violation.Field));
    }

    private static IEnumerable<string> Fields(Func<object> call) =>
        Assert.Throws<RefusalException>(call).Violations.Select(violation => violation.Field);
}
