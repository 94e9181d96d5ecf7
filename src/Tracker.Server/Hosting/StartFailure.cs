using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Tracker.Server.Hosting;

/// <summary>Why the server did not start, in words for whoever started it; null for what nobody foresaw.</summary>
internal static class StartFailure
{
    public const int ExitCode = 2;

    public static string? Explain(Exception exception, IConfiguration? settings) => exception switch
    {
        StartRefusedException refused => refused.Message,
        OptionsValidationException invalid => string.Join(Environment.NewLine, invalid.Failures.Select(failure => Named(failure, invalid.OptionsType))),
        AggregateException several when several.InnerExceptions.All(inner => inner is OptionsValidationException) =>
            string.Join(Environment.NewLine, several.InnerExceptions.Select(inner => Explain(inner, settings))),

        // The binder and the file sources name the setting or the file in their messages.
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" or "Tracker.Server" } unbound => unbound.Message,
        InvalidDataException { Source: "Microsoft.Extensions.Configuration.FileExtensions" } file => $"{file.Message} {file.InnerException?.Message}",

        IOException { InnerException: AddressInUseException } inUse => Port(inUse.Message, "is in use by another process", settings),
        SocketException socket => $"The server cannot listen on {settings?[$"{ServerOptions.Section}:BindAddress"] ?? "127.0.0.1"}: {socket.Message}. {ServerOptions.Section}:BindAddress, GrpcPort and HttpPort choose where.",
        _ => null,
    };

    // Generated validators begin with the property; the section it is in makes it the name of a setting.
    private static string Named(string failure, Type options) =>
        failure.StartsWith("Tracker:", StringComparison.Ordinal) ? failure : $"{options.GetField("Section")?.GetRawConstantValue()}:{failure}";

    private static string Port(string message, string fault, IConfiguration? settings)
    {
        var options = new ServerOptions();
        var ports = new[] { ("GrpcPort", options.GrpcPort), ("HttpPort", options.HttpPort) }
            .Select(port => (Name: port.Item1, Number: settings?[$"{ServerOptions.Section}:{port.Item1}"] ?? $"{port.Item2}"));
        var (name, number) = ports.FirstOrDefault(port => message.Contains($":{port.Number}:", StringComparison.Ordinal));
        return name is null
            ? $"A port {fault}: {message}"
            : $"Port {number} {fault}. Stop that one, or choose another port: --{ServerOptions.Section}:{name} {int.Parse(number, null) + 100}";
    }
}
