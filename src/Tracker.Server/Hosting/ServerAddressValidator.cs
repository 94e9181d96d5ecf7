using Microsoft.Extensions.Options;

namespace Tracker.Server.Hosting;

/// <summary>What an attribute cannot say: an address that parses, two ports that differ.</summary>
internal sealed class ServerAddressValidator : IValidateOptions<ServerOptions>
{
    public ValidateOptionsResult Validate(string? name, ServerOptions options)
    {
        List<string> failures = [];
        if (!string.IsNullOrEmpty(options.BindAddress) && !BindAddress.TryParse(options.BindAddress, out _))
        {
            failures.Add("BindAddress: must be an IP address, \"localhost\" or \"*\".");
        }

        if (options.GrpcPort == options.HttpPort && options.GrpcPort != 0)
        {
            failures.Add("GrpcPort: must differ from HttpPort, because without TLS a port speaks either HTTP/2 or HTTP/1.1.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
