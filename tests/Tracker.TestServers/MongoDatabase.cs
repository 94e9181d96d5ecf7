using MongoDB.Driver;

namespace Tracker.TestServers;

/// <summary>A database of its own for a test class, as its class fixture; dropped at the end if it was used.</summary>
public sealed class MongoDatabase : IAsyncDisposable
{
    private string? _address;

    public string Name { get; } = $"tracker_test_{Guid.CreateVersion7():N}";

    /// <summary>The connection string of the server; without one the test is skipped.</summary>
    public async Task<string> AddressAsync()
    {
        var server = await MongoServer.GetAsync();
        return _address = server.Address();
    }

    public async ValueTask DisposeAsync()
    {
        if (_address is null)
        {
            return;
        }

        using var client = new MongoClient(_address);
        await client.DropDatabaseAsync(Name);
    }
}
