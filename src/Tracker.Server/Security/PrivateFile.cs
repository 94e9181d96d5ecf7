using System.Runtime.InteropServices;

namespace Tracker.Server.Security;

/// <summary>Files that only their owner may read, written whole or not at all, and on the disk when done.</summary>
internal static partial class PrivateFile
{
    private const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int ReadOnly = 0;

    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        var folder = Path.GetDirectoryName(path)!;
        CreateFolder(folder);
        var temporary = $"{path}.new";
        File.Delete(temporary);
        using (var file = new FileStream(temporary, Options(FileMode.CreateNew)))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
        FlushFolder(folder);
    }

    /// <summary>Opens a file, which is made if need be, for this one alone.</summary>
    /// <returns>Null: another has it open.</returns>
    public static FileStream? TryOpenAlone(string path)
    {
        CreateFolder(Path.GetDirectoryName(path)!);
        try
        {
            return new FileStream(path, Options(FileMode.OpenOrCreate));
        }
        catch (IOException) when (File.Exists(path))
        {
            // One that is not there is open to nobody: its folder cannot be written to.
            return null;
        }
    }

    private static FileStreamOptions Options(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerMode;
        }

        return options;
    }

    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        Directory.CreateDirectory(folder, FolderMode);
    }

    // A rename is on the disk only when its folder is (rename(2), fsync(2)); .NET opens no folder.
    private static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var handle = Open(folder, ReadOnly);
        if (handle < 0 || FSync(handle) < 0)
        {
            throw new IOException($"The folder {folder} cannot be flushed to the disk (error {Marshal.GetLastPInvokeError()}).");
        }

        _ = Close(handle);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
