using Tracker.Core.Model;
using Tracker.Server.Security;

namespace Tracker.Server.Tests.Security;

public class SettingNameTests
{
    [Theory]
    [InlineData("DIRECT_MARKETING")]
    [InlineData("PURPOSE_DIRECT_MARKETING")]
    public void A_purpose_is_read_with_and_without_the_name_of_its_enum(string text)
    {
        Assert.True(SettingName<Purpose>.TryParse(text, out var purpose));
        Assert.Equal(Purpose.DirectMarketing, purpose);
    }

    [Theory]
    [InlineData("")]
    [InlineData("4")]
    [InlineData("MARKETING")]
    [InlineData("UNSPECIFIED")]
    public void What_is_no_name_is_not_read(string text) => Assert.False(SettingName<Purpose>.TryParse(text, out _));
}
