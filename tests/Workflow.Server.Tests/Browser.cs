using Microsoft.Playwright;
using Workflow.Reliability.Processes;

namespace Workflow.Server.Tests;

/// <summary>Debian's Chromium, headless, one for a class of tests. Screenshots go to artifacts/screenshots for people to look at.</summary>
public sealed class Browser : IAsyncLifetime
{
    private const float PatienceMs = 20_000;

    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    public static string Screenshots { get; } = Path.Combine(ServerProcess.RepositoryRoot, "artifacts", "screenshots");

    public async Task InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = Flags });
        Assertions.SetDefaultExpectTimeout(PatienceMs);
    }

    public async Task DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }

    public async Task<Person> OpenAsync(Uri server, string userName, bool onPhone = false, string language = "zh-CN")
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = server.ToString(),
            Locale = language,
            TimezoneId = "Asia/Shanghai",
            ViewportSize = onPhone ? new() { Width = 390, Height = 844 } : new() { Width = 1280, Height = 900 },
            HasTouch = onPhone,
            IsMobile = onPhone,
            // What still moves takes a click with it.
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(PatienceMs);
        var person = new Person(await context.NewPageAsync(), onPhone);
        await person.SignInAsync(userName, language);
        return person;
    }
}

/// <summary>A person at a screen.</summary>
public sealed class Person
{
    private const int MostClicks = 5;

    private readonly List<string> complaints = [];
    private readonly bool onPhone;

    public Person(IPage page, bool onPhone)
    {
        Page = page;
        this.onPhone = onPhone;
        page.PageError += (_, error) => complaints.Add(error);
        page.Console += (_, message) =>
        {
            // Before the sign-in the client asks who it is and is told "nobody"; the browser calls that an error.
            if (message.Type == "error" && !message.Text.Contains("401", StringComparison.Ordinal)) complaints.Add(message.Text);
        };
    }

    public IPage Page { get; }

    public async Task SignInAsync(string userName, string language)
    {
        await Page.GotoAsync($"/signin?lang={language}");
        await Page.GetByLabel(language == "en" ? "User name" : "用户名").FillAsync(userName);
        await Page.GetByLabel(language == "en" ? "Password" : "密码").FillAsync("Workflow-2026");
        await Button(language == "en" ? "Sign in" : "登录").ClickAsync();
        await Assertions.Expect(Page).Not.ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/signin"));
    }

    /// <summary>antd puts a space between two Chinese characters of a button, so white space is not compared.</summary>
    public ILocator Button(string name) =>
        Page.GetByRole(AriaRole.Button, new() { NameRegex = new($"^\\s*{string.Join("\\s*", name.Select(letter => System.Text.RegularExpressions.Regex.Escape(letter.ToString())))}\\s*$") });

    public ILocator Card(string text) => Page.GetByTestId("work-item-card").Filter(new() { HasText = text });

    public Task FillAsync(string label, string text) => Page.GetByLabel(label).And(Page.Locator("input, textarea")).FillAsync(text);

    /// <summary>Opens a list and chooses from it.</summary>
    public async Task ChooseAsync(ILocator list, string option)
    {
        await list.ClickAsync();
        var choice = Page.Locator(".ant-select-item-option").Filter(new() { HasText = option }).First;
        // A list that is loaded again while it is clicked takes the click with it; a person clicks again.
        for (var clicks = 1; ; clicks++)
        {
            await choice.ClickAsync();
            try
            {
                await Assertions.Expect(choice).ToBeHiddenAsync(new() { Timeout = 3_000 });
                await Assertions.Expect(list.Locator("xpath=ancestor::*[contains(concat(' ', @class, ' '), ' ant-select ')]")).ToContainTextAsync(option, new() { Timeout = 3_000 });
                return;
            }
            catch (PlaywrightException) when (clicks < MostClicks)
            {
                if (!await choice.IsVisibleAsync()) await list.ClickAsync();
            }
        }
    }

    /// <summary>Takes a picture, and says when the page is wider than its screen.</summary>
    public async Task LookAsync(string name)
    {
        Directory.CreateDirectory(Browser.Screenshots);
        await Page.ScreenshotAsync(new() { Path = Path.Combine(Browser.Screenshots, $"{name}.png"), FullPage = true });
        if (onPhone) (await Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(390, name);
    }

    public void ShouldHaveSeenNoError() => complaints.ShouldBeEmpty();
}
