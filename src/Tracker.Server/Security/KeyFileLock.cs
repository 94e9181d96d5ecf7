using System.Globalization;
using Tracker.Server.Hosting;

namespace Tracker.Server.Security;

/// <summary>Held by whoever changes the key file, one process at a time: what another has added since it was read would be lost with all that is sealed under it.</summary>
internal static class KeyFileLock
{
    // A change takes milliseconds. The file stays: whoever deleted it could delete it under another that waits for it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static FileStream Take(string path) => Take(path, Patience);

    /// <exception cref="StartRefusedException">Another holds it for longer than that.</exception>
    public static FileStream Take(string path, TimeSpan patience)
    {
        var file = $"{path}.lock";
        FileStream? held = null;
        return SpinWait.SpinUntil(() => (held = PrivateFile.TryOpenAlone(file)) is not null, patience)
            ? held!
            : throw new StartRefusedException(string.Create(CultureInfo.InvariantCulture, $"The key file {path} was not changed: another process has held {file} for {patience.TotalSeconds} seconds. Try again when it is done."));
    }
}
