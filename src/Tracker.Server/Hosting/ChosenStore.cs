using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Polly;
using Tracker.Core.Model;
using Tracker.Core.Security;
using Tracker.Storage.Mongo;
using Tracker.Storage.RocksDb;

namespace Tracker.Server.Hosting;

/// <summary>The store that the settings choose, open from the start to the end of the server.</summary>
internal sealed class ChosenStore(IServiceProvider services, IOptions<StorageOptions> options, TimeProvider time) : IDisposable
{
    private StorePorts? _ports;

    public StorePorts Ports => _ports ?? throw new InvalidOperationException("The store is not open yet.");

    /// <exception cref="StartRefusedException">It cannot be opened, or not as it is.</exception>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        // The key file first: a key without a store is harmless, a store without its key is lost.
        services.GetRequiredService<IKeyProvider>();
        var storage = options.Value;
        _ports = storage.Mongo.IsChosen ? StorePorts.Of(await OpenAsync(storage.Mongo, cancellation)) : StorePorts.Of(Open(storage.StoreFolder));
    }

    public void Dispose() => _ports?.Dispose();

    private RocksDbStore Open(string folder)
    {
        try
        {
            return RocksDbStore.Open(folder, time);
        }
        catch (Storage.RocksDb.Opening.StoreOpenException exception)
        {
            throw new StartRefusedException(exception.Message, exception);
        }
        catch (Exception exception)
        {
            throw new StartRefusedException($"The store in {folder} cannot be opened: {exception.Message} ({StorageOptions.Section}:Path names the folder.)", exception);
        }
    }

    private async Task<MongoStore> OpenAsync(MongoStoreOptions mongo, CancellationToken cancellation)
    {
        try
        {
            return await MongoStore.OpenAsync(mongo, NewPipeline, services.GetRequiredService<StoreMetrics>(), services.GetRequiredService<ILogger<MongoStore>>(), time, cancellation);
        }
        catch (Storage.Mongo.Opening.StoreOpenException exception)
        {
            throw new StartRefusedException(exception.Message, exception);
        }
        catch (Exception exception) when (exception is not RefusalException)
        {
            // The driver's message may quote the address, and that a password.
            throw new StartRefusedException($"The database '{mongo.Database}' cannot be opened: {exception.GetType().Name}. ({StorageOptions.MongoSection} names server and database.)", exception);
        }
    }

    /// <summary>Its events are counted by the meter "Polly"; its own log would tell every failed call, with the fault.</summary>
    private static ResiliencePipelineBuilder NewPipeline() => new ResiliencePipelineBuilder().ConfigureTelemetry(NullLoggerFactory.Instance);
}
