using System.IO.Compression;
using System.Security.Cryptography;

namespace Tracker.Server.Import.Rows;

/// <summary>A file to import, plain or compressed with gzip whatever it is called.</summary>
internal sealed class SourceFile(string path)
{
    private const int BufferSize = 64 * 1024;

    public string Name => path;

    public static IReadOnlyList<SourceFile> Check(IReadOnlyList<string> paths)
    {
        foreach (var path in paths.Where(path => !File.Exists(path)))
        {
            throw ImportRefusedException.Usage($"file '{path}' does not exist");
        }

        foreach (var same in paths.GroupBy(Path.GetFullPath, StringComparer.Ordinal).Where(same => same.Skip(1).Any()))
        {
            throw ImportRefusedException.Usage($"file '{same.First()}' is given twice; its rows would be counted twice");
        }

        return [.. paths.Select(path => new SourceFile(path))];
    }

    public async Task<Stream> OpenAsync(CancellationToken cancellation)
    {
        var file = OpenRaw();
        var magic = new byte[2];
        var read = await file.ReadAtLeastAsync(magic, magic.Length, throwOnEndOfStream: false, cancellation);
        file.Position = 0;

        return read == 2 && magic is [0x1f, 0x8b] ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    public async Task<byte[]> DigestAsync(CancellationToken cancellation)
    {
        await using var file = OpenRaw();
        return await SHA256.HashDataAsync(file, cancellation);
    }

    private FileStream OpenRaw()
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize, FileOptions.Asynchronous);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw ImportRefusedException.Usage($"file '{path}' cannot be opened: {problem.Message}");
        }
    }
}
