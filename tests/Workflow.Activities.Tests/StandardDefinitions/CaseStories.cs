namespace Workflow.Activities.Tests.StandardDefinitions;

/// <summary>Cases and incidents: what ends in a decision, and what cannot wait.</summary>
internal static class CaseStories
{
    public static readonly Told[] All =
    [
        new("penalty-case", "whole", """
            raise 2026-11-20T09:00
            due response 2026-12-07T17:00                     # 20 Nov + 15 = 5 Dec, a Saturday; on to Monday
            do clue
            at 2026-11-23T09:00
            do file File
            due analysis 2027-02-22T17:00 provisional         # 23 Nov + 90 = 21 Feb 2027, a Sunday; on to Monday
            at 2026-12-01T10:00
            pause investigate testing
            at 2026-12-09T10:00
            resume investigate
            due analysis 2027-03-01T17:00 provisional         # 2 to 9 Dec, eight dates, do not count: 21 Feb + 8 = 1 Mar, a Monday
            extend investigate 30cd
            due analysis 2027-03-31T17:00 provisional         # 1 Mar + 30, a Wednesday
            do investigate {"grave": true}
            do legal-review Supplement
            do investigate {"grave": true}
            do legal-review Pass
            do notice Hearing
            do hearing
            open collective collective collective             # a grave case is discussed; two of three are two thirds
            sign collective Agree
            do decide
            due serve 2026-12-16T17:00                        # 9 Dec + 7
            do serve
            due perform 2026-12-24T17:00                      # 9 Dec + 15
            fired
            at 2026-12-25T09:00
            fired perform.eve perform.late
            breached perform
            do perform Unperformed
            due court 2027-03-25T17:00 provisional            # 25 Dec + 3 months
            do court
            due reinspect 2027-01-25T17:00 provisional        # 25 Dec + 30 = 24 Jan 2027, a Sunday; on to Monday
            do reinspect NotCorrected
            due analysis 2027-03-25T17:00 provisional         # a new clock: 25 Dec + 90
            do investigate
            do legal-review Pass
            do notice
            do approve Agree                                  # not grave: one person decides
            do decide
            do serve
            do perform
            do reinspect Corrected
            draw Ordered                                      # it was put before inspection when it was late
            do inspect Return
            do serve
            do perform
            do reinspect Corrected
            do inspect Pass
            stages Initiation1:Done Response1:Done Analysis1:Done Handling1:Return Analysis2:Done Handling2:Done PostEvaluation1:Return Handling3:Done PostEvaluation2:Done
            closed
            """),
        new("penalty-case", "nothing to punish", """
            raise 2026-11-20T09:00
            do clue NoViolation
            do inspect|review Pass
            stages Initiation1:Done Response1:CloseOut PostEvaluation1:Done
            closed
            """),
        new("penalty-case", "no penalty", """
            raise 2026-11-20T09:00
            do clue
            do file File
            do investigate
            do legal-review Pass
            do notice
            do approve Refuse
            stages Initiation1:Done Response1:Done Analysis1:CloseOut PostEvaluation1
            do inspect|review Pass
            closed
            """),
        new("sudden-incident", "whole", """
            raise 2026-10-03T23:00 {"level": 2}               # a holiday night; every hour counts
            due report-2h 2026-10-04T01:00
            due first 2026-10-04T00:00
            due response 2026-10-04T03:00
            at 2026-10-03T23:10
            pause first weather                               # nothing here stops for a reason
            due first 2026-10-04T00:00
            at 2026-10-04T00:00
            fired first.half first.late report-2h.half
            breached first
            resume first
            do first
            do report-2h
            due analysis 2026-10-04T06:00
            do monitor
            do grade
            due handling 2026-11-03T00:00                     # 30 days of 24 hours
            open control further
            at 2026-10-05T00:00
            fired further.near further.late                   # 80% of 24 hours, and the end
            do further Continue
            due further 2026-10-06T00:00
            do control
            do further Ended
            due result 2026-10-08T00:00
            do result
            draw Ordered
            do evaluate Return
            do control
            do further Ended
            do result
            do evaluate Pass
            stages Initiation1:Done Response1:Done Analysis1:Done Handling1:Done PostEvaluation1:Return Handling2:Done PostEvaluation2:Done
            closed
            """),
        new("sudden-incident", "nobody reports it", """
            raise 2026-10-03T23:00 {"level": 4}
            at 2026-10-04T03:00
            fired first.half first.late report-4h.half report-4h.near report-4h.duty response.late response.urgent report-4h.late
            breached response
            do first
            do report-4h
            do monitor
            do grade
            due handling 2026-10-19T03:00                     # urgent since it was late: 15 days
            """),
        new("sudden-incident", "drinking water is on the fast track, whatever its level", """
            raise 2026-10-03T23:00 {"level": 4, "sensitive": true}
            due report-2h 2026-10-04T01:00
            """),
        new("sudden-incident", "not true", """
            raise 2026-10-03T23:00 {"level": 4}
            due report-4h 2026-10-04T03:00
            do first FalseAlarm
            do evaluate Pass
            stages Initiation1:Done Response1:CloseOut PostEvaluation1:Done
            closed
            """),
        new("street-type-case", "whole", """
            raise 2026-09-14T10:00
            due verify 2026-09-14T11:00
            due response 2026-09-14T12:00
            at 2026-09-14T10:20
            pause verify weather
            at 2026-09-14T11:20
            resume verify
            due verify 2026-09-14T12:00                       # 20 minutes until the pause, 40 after it
            due response 2026-09-14T14:00                     # 20 + 40 minutes before lunch, 60 after it
            do verify
            do file File {"kind": "违法建设"}
            due analysis 2026-09-14T13:20                     # 40 minutes before lunch, 20 after it
            do dispatch
            due demolish 2026-10-16T17:00                     # 15-18 (4), 20-24 (9), 28-30 (12), 8-10 Oct (15), 12-16 (20)
            fired
            at 2026-10-16T17:00
            fired demolish.half demolish.eve demolish.late
            breached demolish
            do demolish
            do check Rework
            do demolish
            do check Pass
            draw Ordered
            do inspect Return
            do demolish
            do check Pass
            do inspect Pass
            stages Initiation1:Done Response1:Done Analysis1:Done Handling1:Done PostEvaluation1:Return Handling2:Done PostEvaluation2:Done
            closed
            """),
        new("street-type-case", "each kind has its own target", """
            raise 2026-09-14T10:00
            do verify
            do file File {"kind": "暴露垃圾"}
            do dispatch
            due clear-garbage 2026-09-14T15:00                # two hours before lunch, two after it
            do clear-garbage
            do check Pass
            do inspect|close Return
            do clear-garbage
            """),
        new("street-type-case", "stop work", """
            raise 2026-09-14T15:00
            do verify
            do file File {"kind": "违规施工"}
            do dispatch
            due stop-work 2026-09-15T11:00                    # two hours today, two tomorrow
            """),
        new("street-type-case", "water surface", """
            raise 2026-09-14T15:00
            do verify
            do file File {"kind": "水面漂浮物"}
            do dispatch
            due clean-water 2026-10-10T17:00                  # 15-18 (4), 20-24 (9), 28-30 (12), 8-10 Oct (15)
            """),
        new("street-type-case", "known already", """
            raise 2026-09-14T10:00
            do verify
            do file Duplicate
            do inspect|close Pass
            stages Initiation1:Done Response1:CloseOut PostEvaluation1:Done
            closed
            """),
    ];
}
