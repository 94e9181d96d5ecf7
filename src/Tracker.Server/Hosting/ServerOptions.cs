using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Tracker.Server.Hosting;

public sealed class ServerOptions
{
    public const string Section = "Tracker:Server";

    /// <summary>Address both ports listen on: an IP address, "localhost", or "*" for all. Anything but this machine needs API keys.</summary>
    [Required]
    public string BindAddress { get; set; } = "127.0.0.1";

    /// <summary>Port of gRPC: HTTP/2 without TLS. 0 takes any free one.</summary>
    [Range(0, 65_535)]
    public int GrpcPort { get; set; } = 5081;

    /// <summary>Port of health and of the first page: HTTP/1.1. 0 takes any free one.</summary>
    [Range(0, 65_535)]
    public int HttpPort { get; set; } = 5080;

    /// <summary>Size of one gRPC message; a batch of 1,000 interactions is rarely above 1 MiB.</summary>
    [Range(1_048_576, 1_073_741_824)]
    public int MaxMessageBytes { get; set; } = 16 * 1_024 * 1_024;

    /// <summary>Bytes of messages above 64 KiB that are read at a time, all connections together; further ones wait for their turn. One message of any size always has room.</summary>
    [Range(1_048_576, 64L * 1_024 * 1_024 * 1_024)]
    public long MaxReadingBytes { get; set; } = 64 * 1_024 * 1_024;

    /// <summary>How long a message above 64 KiB may take to arrive once it is read; then its call is ended.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan MessageTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Connections of each of the two ports; one more is closed at once. Each may have sent 2 MiB that wait to be read.</summary>
    [Range(1, 1_000_000)]
    public int MaxConnections { get; set; } = 1_000;

    /// <summary>How long calls that have begun may take to finish after the server was told to stop.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan GracePeriod { get; set; } = TimeSpan.FromSeconds(30);
}

[OptionsValidator]
internal sealed partial class ServerOptionsValidator : IValidateOptions<ServerOptions>;
