using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Tracker.Server.Import.Shifts;

/// <summary>
/// Remembers the weeks chosen for an import. The service recognises a duplicate by the day of occurred_at, so a
/// second run in another week must shift by the same number of weeks or everything would be stored twice.
/// </summary>
internal sealed class ShiftMemory(string file)
{
    public string File => file;

    /// <summary>The memory of one import: the same mapping, server and contents of files.</summary>
    public static ShiftMemory For(string folder, string mapping, Uri server, IEnumerable<byte[]> digests)
    {
        var contents = string.Join(',', digests.Select(Convert.ToHexStringLower));
        var identity = $"{mapping}\n{server.GetLeftPart(UriPartial.Authority)}\n{contents}";
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)));
        return new ShiftMemory(Path.Combine(folder, $"{name}.json"));
    }

    /// <returns>Null where nothing readable is remembered.</returns>
    public async Task<int?> RecallAsync(CancellationToken cancellation)
    {
        try
        {
            await using var stream = System.IO.File.OpenRead(file);
            var remembered = await JsonSerializer.DeserializeAsync<RememberedShift>(stream, cancellationToken: cancellation);
            return remembered is { ShiftWeeks: >= -Shift.MostWeeks and <= Shift.MostWeeks } ? remembered.ShiftWeeks : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <returns>False where the folder cannot be written.</returns>
    public async Task<bool> TryRememberAsync(int weeks, CancellationToken cancellation)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            var draft = $"{file}.{Environment.ProcessId}.tmp";
            await System.IO.File.WriteAllBytesAsync(draft, JsonSerializer.SerializeToUtf8Bytes(new RememberedShift(weeks)), cancellation);
            System.IO.File.Move(draft, file, overwrite: true);
            return true;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
