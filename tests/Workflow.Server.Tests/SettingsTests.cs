using Microsoft.Extensions.Configuration;
using Workflow.Server.Hosting;

namespace Workflow.Server.Tests;

/// <summary>Settings that would stop a loop, or have it run hot, are refused before anything starts.</summary>
public class SettingsTests
{
    [Theory]
    [InlineData("Operations:HeartbeatSeconds", "0", "Operations:HeartbeatSeconds: expected a number above 0, found 0")]
    [InlineData("Operations:HeartbeatSeconds", "-1.5", "Operations:HeartbeatSeconds: expected a number above 0, found -1.5")]
    [InlineData("Operations:HeartbeatSeconds", "NaN", "Operations:HeartbeatSeconds: expected a number above 0, found NaN")]
    [InlineData("Delivery:PostponeSeconds", "0", "Delivery:PostponeSeconds: expected a number above 0, found 0")]
    [InlineData("Timers:PollSeconds", "0", "Timers:PollSeconds: expected a number above 0, found 0")]
    [InlineData("Timers:BatchSize", "many", "Timers: expected values that can be read, found: Failed to convert configuration value 'many' at 'Timers:BatchSize' to type 'System.Int32'.")]
    [InlineData("ChangeFeed:PageSize", "-3", "ChangeFeed:PageSize: expected a number above 0, found -3")]
    [InlineData("Scripts:Limits:MaxSteps", "0", "Scripts:Limits:MaxSteps: expected a number above 0, found 0")]
    [InlineData("Instances:Waits", "0", "Instances:Waits: expected a number above 0, found 0")]
    [InlineData("CommitQueue:CacheBytes", "-1", "CommitQueue:CacheBytes: expected a number from 0, found -1")]
    [InlineData("Retention:FinishedDays", "-1", "Retention:FinishedDays: expected a number from 0, found -1")]
    [InlineData("Operations:HeartbeatSeconds", "2147483647", "Operations:HeartbeatSeconds: expected at most 2000000, found 2147483647")]
    [InlineData("Database:Provider", "Oracle", "Database: expected values that can be read, found: Failed to convert configuration value 'Oracle' at 'Database:Provider' to type 'Workflow.Engine.Storage.DatabaseProvider'.")]
    [InlineData("Disk:MinFreeMegabytes", "-1", "Disk:MinFreeMegabytes: expected a number from 0, found -1")]
    [InlineData("CommitQueue:TimeZone", "Mars/Base", "CommitQueue:TimeZone: expected the IANA name of a time zone, found 'Mars/Base'")]
    [InlineData("CommitQueue:NumberPrefix", "012345678901234567890123456789012", "CommitQueue:NumberPrefix: expected at most 32 characters, found 33")]
    [InlineData("Limits:MaxPageSize", "10", "Limits:MaxPageSize: expected at least Limits:PageSize (50), found 10")]
    [InlineData("Reports:PeriodDays", "0", "Reports:PeriodDays: expected a number above 0, found 0")]
    [InlineData("Reports:AgeDays:0", "0", "Reports:AgeDays: expected at most 10 rising numbers above 0, found 0")]
    [InlineData("Operations:GoneAfterSeconds", "5", "Operations:GoneAfterSeconds: expected more than Operations:HeartbeatSeconds (5), found 5")]
    public void What_cannot_be_used_is_named_with_what_was_expected(string setting, string value, string problem) =>
        Should.Throw<UnusableSettingException>(() => Settings.Check(Of((setting, value)))).Message.ShouldBe(problem);

    [Fact]
    public void Everything_that_cannot_be_used_is_said_at_once() =>
        Should.Throw<UnusableSettingException>(() => Settings.Check(Of(("Timers:PollSeconds", "0"), ("Delivery:PollMs", "0")))).Message.Split('\n').Length.ShouldBe(2);

    [Fact]
    public void What_is_shipped_and_what_may_be_nothing_is_taken()
    {
        Settings.Check(ServerHost.Configuration());
        Settings.Check(Of(("CommitQueue:CacheBytes", "0"), ("Delivery:ClaimMarginSeconds", "-1"), ("Retention:FinishedDays", "0"), ("Disk:MinFreeMegabytes", "0"), ("Http:MaxRedirects", "0")));
    }

    [Fact]
    public void An_archive_is_tried_at_the_start_and_nothing_stays_of_that()
    {
        var folder = Directory.CreateTempSubdirectory("archive-");
        var file = Path.Combine(folder.FullName, "file");
        File.WriteAllText(file, "");

        var made = ServerHost.ArchiveFolder(Path.Combine(folder.FullName, "new", "archive"));

        Directory.EnumerateFileSystemEntries(made).ShouldBeEmpty();
        Should.Throw<UnusableSettingException>(() => ServerHost.ArchiveFolder(file)).Message.ShouldStartWith($"Retention:ArchiveFolder: expected a folder that files can be written to, found '{file}'");
        folder.Delete(recursive: true);
    }

    private static IConfigurationRoot Of(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build();
}
