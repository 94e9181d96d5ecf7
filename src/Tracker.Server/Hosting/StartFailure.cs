using System.Globalization;
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
        UnauthorizedAccessException denied => $"{denied.Message} This user must be able to read the settings, and to read and write the folders that they name.",
        OptionsValidationException invalid => string.Join(Environment.NewLine, invalid.Failures.Select(failure => Named(failure, invalid.OptionsType))),
        AggregateException several when several.InnerExceptions.All(inner => inner is OptionsValidationException) =>
            string.Join(Environment.NewLine, several.InnerExceptions.Select(inner => Explain(inner, settings))),

        InvalidOperationException unbound when unbound.Message.StartsWith("Failed to convert configuration value", StringComparison.Ordinal) => unbound.Message,
        InvalidOperationException unknown when unknown.Message.Contains("ErrorOnUnknownConfiguration", StringComparison.Ordinal) => Unknown(unknown.Message),
        InvalidDataException { InnerException: FormatException } file => $"{file.Message} {file.InnerException?.InnerException?.Message}",

        IOException { InnerException: AddressInUseException } inUse => Port(inUse.Message, "is in use by another process", settings),
        SocketException socket => $"The server cannot listen on {settings?[$"{ServerOptions.Section}:BindAddress"] ?? "127.0.0.1"}: {socket.Message}. {ServerOptions.Section}:BindAddress, GrpcPort and HttpPort choose where.",
        _ => null,
    };

    // Generated validators begin with the property; the section it is in makes it the name of a setting.
    private static string Named(string failure, Type options) =>
        failure.StartsWith("Tracker:", StringComparison.Ordinal) ? failure : $"{options.GetField("Section")?.GetRawConstantValue()}:{failure}";

    // "… on the instance of Tracker.Server.Hosting.ServerOptions: 'GrpcProt'"
    private static string Unknown(string message)
    {
        var names = message[(message.LastIndexOf(": ", StringComparison.Ordinal) + 2)..];
        var options = message[..message.LastIndexOf(':')].Split(' ')[^1];
        return $"There is no setting {names} in {SectionOf(options)}; docs/operations.md has them all.";
    }

    /// <param name="options">Full name of the class; what is within a section has none of its own, and a name that says which.</param>
    private static string SectionOf(string options) =>
        AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetType(options)).FirstOrDefault(found => found is not null)?.GetField("Section")?.GetRawConstantValue() as string
        ?? $"a {options.Split('.')[^1].Replace("Options", "", StringComparison.Ordinal).ToLowerInvariant()}";

    private static string Port(string message, string fault, IConfiguration? settings)
    {
        var options = new ServerOptions();
        var ports = new[] { ("GrpcPort", options.GrpcPort), ("HttpPort", options.HttpPort) }
            .Select(port => (Name: port.Item1, Number: settings?[$"{ServerOptions.Section}:{port.Item1}"] ?? $"{port.Item2}"));
        var (name, number) = ports.FirstOrDefault(port => message.Contains($":{port.Number}:", StringComparison.Ordinal));
        return name is null
            ? $"A port {fault}: {message}"
            : $"Port {number} {fault}. Stop that one, or choose another port: --{ServerOptions.Section}:{name} {Another(number)}";
    }

    private static int Another(string number) => int.Parse(number, CultureInfo.InvariantCulture) is var taken && taken < 65_000 ? taken + 100 : taken - 100;
}
