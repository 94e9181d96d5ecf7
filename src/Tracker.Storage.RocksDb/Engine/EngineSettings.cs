using RocksDbSharp;

namespace Tracker.Storage.RocksDb.Engine;

/// <summary>The settings that were measured; docs/decisions/0003 has the reasons.</summary>
internal static class EngineSettings
{
    private const ulong Megabyte = 1024 * 1024;

    private const ulong DaySeconds = 86_400;

    public static DbOptions Database() => new DbOptions()
        .SetCreateIfMissing(true)
        .IncreaseParallelism(2)
        .SetDbWriteBufferSize(256 * Megabyte)
        .SetMaxTotalWalSize(512 * Megabyte)
        .SetKeepLogFileNum(5)
        .SetMaxLogFileSize(16 * Megabyte);

    public static ColumnFamilyOptions Family(Cache cache)
    {
        var options = new ColumnFamilyOptions()
            .SetWriteBufferSize(64 * Megabyte)
            .SetMaxWriteBufferNumber(4)
            .SetCompression(Compression.Lz4)
            .SetLevelCompactionDynamicLevelBytes(true)
            .SetBlockBasedTableFactory(new BlockBasedTableOptions()
                .SetBlockCache(cache)
                .SetFilterPolicy(BloomFilterPolicy.Create(10, use_block_based_builder: false)));

        // Most keys that are asked for are not in the newest table, and many are nowhere; a filter over whole keys says so without a search.
        Native.Instance.rocksdb_options_set_memtable_prefix_bloom_size_ratio(options.Handle, 0.05);
        Native.Instance.rocksdb_options_set_memtable_whole_key_filtering(options.Handle, 1);

        // A deleted document is bytes in an old file until that file is compacted; the binding has no method for this.
        Native.Instance.rocksdb_options_set_periodic_compaction_seconds(options.Handle, DaySeconds);
        return options;
    }
}
