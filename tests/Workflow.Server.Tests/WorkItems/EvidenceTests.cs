using System.Net;
using System.Net.Http.Headers;
using Workflow.Reliability.Processes;

namespace Workflow.Server.Tests.WorkItems;

/// <summary>Photos, videos and documents at a real server: what is taken, what is refused, what comes back.</summary>
public sealed class EvidenceTests(EvidenceTests.Fixture fixture) : IClassFixture<EvidenceTests.Fixture>, IAsyncLifetime
{
    private const int VideoBytes = 300_000_000;

    private static readonly byte[] Pdf = [.. "%PDF-1.7 "u8, .. new byte[600]];

    private readonly ServerProcess server = fixture.Server;
    private ApiClient grid = null!;
    private string item = "";

    /// <summary>A server with small limits, for all of these tests.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        public ServerProcess Server { get; } = new(ServerProcess.NewFolder(), "--now", "2026-10-03T02:14:00+08:00")
        {
            Settings =
            {
                ["Limits__PhotoBytes"] = "5000", ["Limits__VideoBytes"] = $"{VideoBytes + 1000}", ["Limits__DocumentBytes"] = "1000",
                ["Evidence__Types"] = "image/jpeg, image/png, video/mp4, application/pdf",
            },
        };

        public Task InitializeAsync() => Server.StartAsync();

        public async Task DisposeAsync() => await Server.DisposeAsync();
    }

    public async Task InitializeAsync()
    {
        using var tech = await ApiClient.SignInAsync(server.Address, "tech");
        grid = await ApiClient.SignInAsync(server.Address, "grid");
        var task = (await tech.RaiseAsync("evidence")).Text("id")!;
        item = (await grid.ItemOfAsync(task))!.Value.GetProperty("id").GetString()!;
        (await grid.PostAsync($"work-items/{item}/claim", new { revision = 1 })).IsSuccess.ShouldBeTrue();
    }

    public Task DisposeAsync()
    {
        grid.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task What_the_camera_wrote_is_shown_beside_what_was_claimed()
    {
        var answer = await grid.AttachAsync(item, Form(Exif.Jpeg(longitude: 104.0668, latitude: 30.5728, "2026:10:03 02:10:00", "+08:00"), ("longitude", "104.0700"), ("latitude", "30.5730"), ("takenAt", "2026-10-03T02:11:00+08:00"), ("source", "drone")));

        answer.Status.ShouldBe(HttpStatusCode.Created, answer.Body.ToString());
        (answer.Text("kind"), answer.Text("source"), answer.Text("longitude")).ShouldBe(("photo", "drone", "104.07"));
        var exif = answer.Body.GetProperty("exif");
        exif.GetProperty("longitude").GetDouble().ShouldBe(104.0668, 0.0001);
        exif.GetProperty("latitude").GetDouble().ShouldBe(30.5728, 0.0001);
        exif.GetProperty("takenAt").GetDateTimeOffset().ShouldBe(DateTimeOffset.Parse("2026-10-03T02:10:00+08:00", null));
    }

    [Fact]
    public async Task The_same_file_with_something_else_said_of_it_is_another_piece_and_the_same_again_is_none()
    {
        var first = await grid.AttachAsync(item, Form(Pdf, ("source", "drone")));
        var second = await grid.AttachAsync(item, Form(Pdf, ("source", "ground")));
        var again = await grid.AttachAsync(item, Form(Pdf, ("source", "drone")));

        (second.Text("sha256"), second.Text("source"), second.Text("id")).ShouldBe((first.Text("sha256"), "ground", $"{first.Text("id")}-2"));
        again.Text("id").ShouldBe(first.Text("id"));
        (await grid.GetAsync($"work-items/{item}")).Body.GetProperty("evidence").GetArrayLength().ShouldBe(2);
        using var read = await grid.ReadAsync(new(HttpMethod.Get, $"work-items/{item}/evidence/{second.Text("id")}"));
        (await read.Content.ReadAsByteArrayAsync()).ShouldBe(Pdf);
    }

    [Fact]
    public async Task A_file_is_read_back_in_whole_and_in_part_and_never_as_a_page()
    {
        var id = (await grid.AttachAsync(item, Form(Pdf))).Text("id")!;

        using var whole = await grid.ReadAsync(new(HttpMethod.Get, $"work-items/{item}/evidence/{id}"));
        using var part = await grid.ReadAsync(new(HttpMethod.Get, $"work-items/{item}/evidence/{id}") { Headers = { Range = new RangeHeaderValue(0, 4) } });

        (await whole.Content.ReadAsByteArrayAsync()).ShouldBe(Pdf);
        whole.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
        whole.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        whole.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        whole.Headers.GetValues("Content-Security-Policy").ShouldBe(["default-src 'none'; sandbox"]);
        (part.StatusCode, await part.Content.ReadAsStringAsync()).ShouldBe((HttpStatusCode.PartialContent, "%PDF-"));
    }

    [Fact]
    public async Task What_is_no_evidence_is_refused_with_what_was_expected_and_changes_nothing()
    {
        byte[] avif = [0, 0, 0, 0x1C, .. "ftypavif"u8, .. new byte[100]];
        byte[] webp = [.. "RIFF"u8, 0, 0, 0, 0, .. "WEBP"u8, .. new byte[100]];

        await RefusedAsync(Form("<svg onload=alert(1)>"u8.ToArray()), HttpStatusCode.UnsupportedMediaType, "found another type");
        await RefusedAsync(Form(avif), HttpStatusCode.UnsupportedMediaType, "found another type");
        await RefusedAsync(Form(webp), HttpStatusCode.UnsupportedMediaType, "found image/webp");
        await RefusedAsync(Form([]), HttpStatusCode.UnprocessableEntity, null);
        await RefusedAsync(Form(Pdf, ("takenAt", "2126-10-03T02:10:00+08:00")), HttpStatusCode.UnprocessableEntity, null);
        await RefusedAsync(Form([.. ApiClient.Png, .. new byte[5000]]), HttpStatusCode.RequestEntityTooLarge, "a photo of at most 5000 bytes");
        await RefusedAsync(Form([.. Pdf, .. new byte[1000]]), HttpStatusCode.RequestEntityTooLarge, "a document of at most 1000 bytes");
        await RefusedAsync(Form(Pdf, ("source", "hearsay")), HttpStatusCode.UnprocessableEntity, null);
        await RefusedAsync(Form(Pdf, ("longitude", "181"), ("latitude", "1")), HttpStatusCode.UnprocessableEntity, null);
        await RefusedAsync(Form(Pdf, ("longitude", "NaN"), ("latitude", "1")), HttpStatusCode.UnprocessableEntity, null);
        await RefusedAsync(Form(Pdf, ("latitude", "1")), HttpStatusCode.UnprocessableEntity, null);
        await RefusedAsync(Form(Pdf, ("takenAt", "yesterday")), HttpStatusCode.UnprocessableEntity, null);
        await RefusedAsync(Form(Pdf, ("colour", "red")), HttpStatusCode.UnprocessableEntity, null);
        await RefusedAsync(Form(Pdf, ("takenAt", new string('9', 2000))), HttpStatusCode.UnprocessableEntity, null);
        await RefusedAsync(new MultipartFormDataContent { { new StringContent("x"), "takenAt" } }, HttpStatusCode.UnprocessableEntity, null);
        await RefusedAsync(new StringContent("--x\r\ncut", new MediaTypeHeaderValue("multipart/form-data") { Parameters = { new("boundary", "x") } }), HttpStatusCode.UnprocessableEntity, null);
        (await grid.GetAsync($"work-items/{item}")).Body.GetProperty("evidence").GetArrayLength().ShouldBe(0);
        Directory.EnumerateFiles(Path.Combine(server.DataFolder, "evidence"), "*.part").ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_may_not_see_the_task_reads_none_of_its_files()
    {
        var id = (await grid.AttachAsync(item, Form(Pdf))).Text("id")!;
        using var stranger = await ApiClient.SignInAsync(server.Address, "designer");
        using var nobody = ApiClient.Anonymous(server.Address);

        using var refused = await stranger.ReadAsync(new(HttpMethod.Get, $"work-items/{item}/evidence/{id}"));
        using var unknown = await nobody.ReadAsync(new(HttpMethod.Get, $"work-items/{item}/evidence/{id}"));

        refused.StatusCode.ShouldBeOneOf(HttpStatusCode.NotFound, HttpStatusCode.Forbidden);
        unknown.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_video_of_hundreds_of_megabytes_is_never_in_memory()
    {
        await grid.AttachAsync(item, Form(Pdf));
        var before = server.Usage.PeakRssBytes;

        var answer = await grid.AttachAsync(item, new MultipartFormDataContent { { new StreamContent(new Video(VideoBytes)), "file", "site.mp4" } });

        answer.Status.ShouldBe(HttpStatusCode.Created, answer.Body.ToString());
        (answer.Text("kind"), answer.Text("sizeBytes")).ShouldBe(("video", $"{VideoBytes}"));
        (server.Usage.PeakRssBytes - before).ShouldBeLessThan(VideoBytes / 4);
    }

    private async Task RefusedAsync(HttpContent form, HttpStatusCode status, string? words)
    {
        var answer = await grid.AttachAsync(item, form);
        answer.Status.ShouldBe(status, answer.Body.ToString());
        if (words is not null) answer.Text("detail")!.ShouldContain(words);
    }

    private static MultipartFormDataContent Form(byte[] bytes, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields) form.Add(new StringContent(value), name);
        form.Add(new ByteArrayContent(bytes), "file", "file.bin");
        return form;
    }

    /// <summary>A video that is made while it is sent.</summary>
    private sealed class Video(long length) : Stream
    {
        private static readonly byte[] Head = [0, 0, 0, 0x18, .. "ftypisom"u8];

        private long position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get => position; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, length - position);
            for (var index = 0; index < read; index++) buffer[offset + index] = position + index < Head.Length ? Head[position + index] : (byte)(position >> 20);
            position += read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
