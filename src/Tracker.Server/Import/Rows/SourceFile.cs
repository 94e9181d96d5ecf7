using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

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

    /// <summary>A decoder tells no line, and reads ahead of the rows; so the file is read once more, up to there.</summary>
    /// <returns>The first line, counted from 1, with bytes that are no UTF-8.</returns>
    public async Task<long> FindLineThatIsNotUtf8Async(CancellationToken cancellation)
    {
        await using var stream = await OpenAsync(cancellation);
        // A character of Latin-1 is a byte, so that lines are cut and bytes stay what they are.
        using var lines = new StreamReader(stream, Encoding.Latin1, detectEncodingFromByteOrderMarks: false);
        long number = 1;
        while (await lines.ReadLineAsync(cancellation) is { } line && Utf8.IsValid(Encoding.Latin1.GetBytes(line)))
        {
            number++;
        }

        return number;
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
