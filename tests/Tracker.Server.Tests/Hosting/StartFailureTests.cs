using Microsoft.Extensions.Configuration;
using Tracker.Server.Hosting;

namespace Tracker.Server.Tests.Hosting;

public sealed class StartFailureTests
{
    private static readonly UnauthorizedAccessException Denied = new("Access to the path '/keys/tenants.json' is denied.");

    [Fact]
    public void Path_that_this_user_may_not_use_is_named_whatever_it_is_for()
    {
        var beforeSettings = StartFailure.Explain(Denied, settings: null);
        var afterSettings = StartFailure.Explain(Denied, new ConfigurationBuilder().Build());

        Assert.StartsWith("Access to the path '/keys/tenants.json' is denied. This user must be able to", beforeSettings, StringComparison.Ordinal);
        Assert.Equal(beforeSettings, afterSettings);
    }
}
