using System.IO.Compression;
using System.Text;

namespace Tracker.Server.Tests.Import;

/// <summary>A folder for the files of one test.</summary>
internal sealed class Workspace : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tracker-import-");

    public string State => Path.Combine(_folder.FullName, "state");

    public string Write(string name, params string[] lines) => Write(new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), name, lines);

    /// <summary>With the byte order mark of the encoding, as Excel writes it.</summary>
    public string Write(Encoding encoding, string name, params string[] lines)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, string.Join('\n', lines) + "\n", encoding);
        return path;
    }

    public string WriteGzip(string name, params string[] lines) => WriteGzip(name, Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));

    public string WriteGzip(string name, byte[] text)
    {
        var path = Path.Combine(_folder.FullName, name);
        using var zipped = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        zipped.Write(text);
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
