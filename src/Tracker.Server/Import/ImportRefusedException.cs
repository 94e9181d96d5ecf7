namespace Tracker.Server.Import;

/// <summary>The import cannot start or go on; the message is one line for the person at the keyboard.</summary>
internal sealed class ImportRefusedException : Exception
{
    private ImportRefusedException(string message, int exitCode)
        : base(message) => ExitCode = exitCode;

    public int ExitCode { get; }

    public static ImportRefusedException Usage(string message) => new(message, ExitCodes.Usage);

    public static ImportRefusedException Broken(string message) => new(message, ExitCodes.Failed);
}
