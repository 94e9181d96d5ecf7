namespace Tracker.Server.Import;

internal static class ExitCodes
{
    public const int Delivered = 0;
    public const int Failed = 1;
    public const int Usage = 2;

    /// <summary>Delivered, but not all of it was valid; only where that was asked for.</summary>
    public const int Invalid = 3;

    // 128 + SIGINT, as shells count.
    public const int Cancelled = 130;
}
