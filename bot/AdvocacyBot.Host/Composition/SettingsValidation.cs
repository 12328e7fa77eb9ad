using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Host.Composition;

/// <summary>Checks a section's annotations at start and names what is wrong by its key, as it is written in the settings.</summary>
internal sealed class SettingsValidation<T>(string section) : IValidateOptions<T>
    where T : class
{
    public ValidateOptionsResult Validate(string? name, T options)
    {
        List<string> failures = [];
        foreach (var property in typeof(T).GetProperties())
        {
            List<ValidationResult> results = [];
            var context = new ValidationContext(options) { MemberName = property.Name, DisplayName = $"{section}:{property.Name}" };
            if (!Validator.TryValidateProperty(property.GetValue(options), context, results))
            {
                failures.AddRange(results.Select(result => result.ErrorMessage ?? $"{section}:{property.Name} is not right."));
            }
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}

internal static class SettingsSections
{
    /// <summary>Binds and checks a section; a wrong value stops the start.</summary>
    public static OptionsBuilder<T> AddSettings<T>(this IServiceCollection services, IConfiguration configuration, string section)
        where T : class
    {
        services.AddSingleton<IValidateOptions<T>>(new SettingsValidation<T>(section));
        return services.AddOptions<T>().Bind(configuration.GetSection(section)).ValidateOnStart();
    }
}
