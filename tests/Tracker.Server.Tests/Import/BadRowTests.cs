using System.Text;
using Tracker.Server.Import;
using Tracker.Server.Import.Rows;

namespace Tracker.Server.Tests.Import;

public sealed class BadRowTests : IDisposable
{
    private readonly Workspace _files = new();
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_bad_row_is_told_by_file_line_and_column_and_stops_nothing()
    {
        var file = _files.Write("a.csv", Retail.Header, Retail.Row("1"), Retail.Row("2", quantity: "secret"), Retail.Row("3"));

        var groups = await Retail.MapAsync("online-retail", _cancellation, file);

        var cell = Assert.Single(Assert.Single(groups.OfType<MappedGroup.Bad>()).Cells);
        Assert.Equal((file, 3L, "Quantity"), (cell.File, cell.Line, cell.Field));
        Assert.DoesNotContain("secret", cell.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, groups.OfType<MappedGroup.Ready>().Count());
    }

    [Fact]
    public async Task One_bad_row_holds_back_its_whole_invoice()
    {
        var file = _files.Write("a.csv", Retail.Header, Retail.Row("1"), Retail.Row("1", date: "yesterday"), Retail.Row("1", price: ""));

        var groups = await Retail.MapAsync("online-retail", _cancellation, file);

        var bad = Assert.IsType<MappedGroup.Bad>(Assert.Single(groups));
        Assert.Equal([(4L, "UnitPrice"), (3L, "InvoiceDate")], bad.Cells.Select(cell => (cell.Line, cell.Field)));
    }

    [Fact]
    public async Task A_row_without_a_key_belongs_to_no_other()
    {
        var file = _files.Write("a.csv", Retail.Header, Retail.Row(""), Retail.Row("1"), Retail.Row(""));

        var groups = await Retail.MapAsync("online-retail", _cancellation, file);

        Assert.Equal(2, groups.OfType<MappedGroup.Bad>().Count());
        Assert.Single(groups.OfType<MappedGroup.Ready>());
    }

    [Fact]
    public async Task A_short_row_is_not_taken_for_an_anonymous_one()
    {
        var file = _files.Write("a.csv", Retail.Header, "1,85123A,LANTERN,6,2011-01-04 10:00:00,2.55");

        var groups = await Retail.MapAsync("online-retail", _cancellation, file);

        Assert.Equal("CustomerID", Assert.Single(Assert.IsType<MappedGroup.Bad>(Assert.Single(groups)).Cells).Field);
    }

    [Fact]
    public async Task A_row_with_too_many_fields_is_bad()
    {
        var file = _files.Write("a.csv", Retail.Header, Retail.Row("1", description: "LANTERN, WHITE"));

        var groups = await Retail.MapAsync("online-retail", _cancellation, file);

        Assert.IsType<MappedGroup.Bad>(Assert.Single(groups));
    }

    [Fact]
    public async Task A_stray_quote_in_a_name_is_text()
    {
        var file = _files.Write("a.csv", Retail.Header, Retail.Row("1", description: "5\" NAIL"), Retail.Row("2", description: "\"MUG, BLUE\""));

        var groups = await Retail.MapAsync("online-retail", _cancellation, file);

        Assert.Equal("5\" NAIL", groups.Ready("1").Interaction.Content.Commerce.Lines[0].Name);
        Assert.Equal("MUG, BLUE", groups.Ready("2").Interaction.Content.Commerce.Lines[0].Name);
    }

    [Fact]
    public async Task A_quote_without_an_end_does_not_fill_the_memory()
    {
        var file = _files.Write("a.csv", Retail.Header, $"1,A,\"{new string('x', 100_000)}");

        var refusal = await Assert.ThrowsAsync<ImportRefusedException>(() => Retail.MapAsync("online-retail", _cancellation, file));

        Assert.Contains("a quote may not be closed", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_without_a_mapped_column_is_refused_before_anything_is_sent()
    {
        var good = _files.Write("a.csv", Retail.Header, Retail.Row("1"));
        var poor = _files.Write("b.csv", "InvoiceNo,StockCode", "1,A");

        var refusal = await Assert.ThrowsAsync<ImportRefusedException>(() => Retail.MapAsync("online-retail", _cancellation, good, poor));

        Assert.Equal(ExitCodes.Usage, refusal.ExitCode);
        Assert.Contains("has no column Description, Quantity", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_that_is_one_field_is_told_which_delimiter_the_mapping_expects()
    {
        var file = _files.Write("a.csv", Retail.Header.Replace(',', ';'), Retail.Row("1").Replace(',', ';'));

        var refusal = await Assert.ThrowsAsync<ImportRefusedException>(() => Retail.MapAsync("online-retail", _cancellation, file));

        Assert.EndsWith("; its header is one field, and csv.delimiter of the mapping is ','", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_utf8_is_refused_by_the_line_before_anything_is_sent()
    {
        List<string> many = [Retail.Header, .. Enumerable.Range(0, 3_000).Select(number => Retail.Row($"{number}"))];
        many[2_000] = Retail.Row("2000", description: "CAFÉ");
        var file = _files.Write(Encoding.Latin1, "a.csv", [.. many]);

        var refusal = await Assert.ThrowsAsync<ImportRefusedException>(() => Retail.MapAsync("online-retail", _cancellation, file));

        Assert.Equal(ExitCodes.Failed, refusal.ExitCode);
        Assert.Equal($"{file}:2001: not UTF-8; save the file as \"CSV UTF-8\", or convert it: iconv -f latin1 -t utf8", refusal.Message);
    }

    [Fact]
    public async Task A_compressed_file_that_ends_inside_a_character_is_not_utf8()
    {
        var text = Encoding.UTF8.GetBytes($"{Retail.Header}\n{Retail.Row("1")}€");
        var file = _files.WriteGzip("a.csv.gz", text[..^1]);

        var refusal = await Assert.ThrowsAsync<ImportRefusedException>(() => Retail.MapAsync("online-retail", _cancellation, file));

        Assert.StartsWith($"{file}:2: not UTF-8", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_byte_order_mark_is_no_part_of_the_first_column()
    {
        var file = _files.Write(Encoding.UTF8, "a.csv", Retail.Header, Retail.Row("1", description: "CAFÉ"));

        var groups = await Retail.MapAsync("online-retail", _cancellation, file);

        Assert.Equal("CAFÉ", groups.Ready("1").Interaction.Content.Commerce.Lines[0].Name);
    }

    [Fact]
    public async Task Gzip_is_known_by_its_content_not_by_its_name()
    {
        var zipped = _files.WriteGzip("plain.csv", Retail.Header, Retail.Row("1"));
        var plain = _files.Write("zipped.csv.gz", Retail.Header, Retail.Row("2"));

        var groups = await Retail.MapAsync("online-retail", _cancellation, zipped, plain);

        Assert.Equal(2, groups.OfType<MappedGroup.Ready>().Count());
    }

    [Fact]
    public async Task A_torn_gzip_file_is_refused()
    {
        var file = _files.WriteGzip("a.csv.gz", [Retail.Header, .. Enumerable.Range(0, 3_000).Select(number => Retail.Row($"{number * 7919}"))]);
        var bytes = await File.ReadAllBytesAsync(file, _cancellation);
        Array.Fill(bytes, (byte)0xff, bytes.Length / 2, bytes.Length / 4);
        await File.WriteAllBytesAsync(file, bytes, _cancellation);

        var refusal = await Assert.ThrowsAsync<ImportRefusedException>(() => Retail.MapAsync("online-retail", _cancellation, file));

        Assert.Equal(ExitCodes.Failed, refusal.ExitCode);
    }
}
