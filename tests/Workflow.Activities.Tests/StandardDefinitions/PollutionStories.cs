namespace Workflow.Activities.Tests.StandardDefinitions;

/// <summary>What is measured: water, air, noise, waste.</summary>
internal static class PollutionStories
{
    public static readonly Told[] All =
    [
        new("water-exceedance", "whole", """
            raise 2026-09-14T10:00 subject=W1 {"ratio": 1.4}
            due response 2026-09-14T14:00
            at 2026-09-14T11:00
            pause confirm testing
            at 2026-09-14T15:00
            resume confirm
            due response 2026-09-14T18:00                     # one hour before the laboratory, three after it
            do confirm Confirmed
            due analysis 2026-09-15T15:00
            open upstream bank                                # both grids at once
            do bank
            do upstream
            do conclude
            due handling 2026-09-17T17:00                     # 14 + 3
            fired
            at 2026-09-17T17:00
            fired handling.half handling.eve handling.late
            breached handling
            do enforce CrossBoundary
            do notify
            due post-evaluation 2026-10-08T17:00              # 17 Sep + 20 = 7 Oct, a holiday
            open
            read PT4H 42 0.5                                  # from 21:00 on; seven days later is the 24th at 21:00
            open
            read PT4H 1 0.5
            draw Ordered
            do inspect Return
            do bank
            do upstream
            do conclude
            do enforce
            read PT4H 43 0.5
            do inspect Pass
            stages Initiation1:Done Response1:Done Analysis1:Done Handling1:Done PostEvaluation1:Return Analysis2:Done Handling2:Done PostEvaluation2:Done
            closed
            """),
        new("water-exceedance", "the device was broken", """
            raise 2026-09-14T10:00 {"ratio": 1.4}
            do confirm DeviceFault
            do maintain
            do inspect Pass                                   # no readings: not proved by data
            stages Initiation1:Done Response1:CloseOut PostEvaluation1:Done
            closed
            """),
        new("heavy-pollution-warning", "whole", """
            raise 2026-12-01T08:00 {"pollutant": "颗粒物", "days200": 3}
            due response 2026-12-01T14:00
            says consult 橙色（Ⅱ级）                           # three days above 200
            do consult Orange
            sign sign Agree
            due analysis 2026-12-01T12:00
            do match
            open sites enterprises streets                    # orange adds the sites
            do enterprises
            do streets
            do sites
            due daily 2026-12-02T08:00
            fired
            at 2026-12-02T08:00
            fired daily.near daily.late
            breached daily
            do daily Continue
            do daily Upgrade
            do consult Red
            sign sign Agree
            do match
            open sites traffic enterprises streets            # red adds the traffic
            do enterprises
            do streets
            do sites
            do traffic
            do daily Lift
            do lift Keep
            do daily Lift
            do lift Lift
            due post-evaluation 2026-12-16T17:00              # 3-4 (2), 7-11 (7), 14-16 (10)
            at 2026-12-03T10:00
            pause evaluate expert-review
            at 2026-12-05T10:00
            resume evaluate
            due post-evaluation 2026-12-17T17:00              # the 4th does not count, and the 5th is a Saturday
            do evaluate Return
            do enterprises
            do streets
            do sites
            do traffic
            do daily Lift
            do lift Lift
            do evaluate Pass
            stages Initiation1:Done Response1:Done Analysis1:Done Handling1:Return Response2:Done Analysis2:Done Handling2:Done PostEvaluation1:Return Handling3:Done PostEvaluation2:Done
            closed
            """),
        new("heavy-pollution-warning", "yellow", """
            raise 2026-06-01T08:00 {"pollutant": "臭氧", "days150": 3}
            says consult 黄色（Ⅲ级）
            do consult Yellow
            do issue
            do match
            open enterprises streets
            """),
        new("heavy-pollution-warning", "not reached", """
            raise 2026-06-01T08:00 {"pollutant": "臭氧", "days150": 2}
            says consult 不启动
            do consult NoWarning
            do evaluate Pass
            stages Initiation1:Done Response1:CloseOut PostEvaluation1:Done
            closed
            """),
        new("waste-noise-radiation", "whole, of noise", """
            raise 2026-09-14T10:00 {"kind": "噪声"}
            due noise-site 2026-09-14T10:30
            due response 2026-09-14T12:00
            at 2026-09-14T10:05
            pause noise-site weather
            at 2026-09-14T10:25
            resume noise-site
            due noise-site 2026-09-14T10:50                   # 5 minutes before the rain, 25 after it
            due response 2026-09-14T13:20                     # 100 minutes before lunch, 20 after it
            at 2026-09-14T10:50
            fired noise-site.half noise-site.late
            breached noise-site
            do noise-site
            due analysis 2026-09-15T17:00
            do identify {"category": "建筑施工噪声"}
            due handling 2026-09-20T17:00                     # 15-18 (4), Sunday the 20th (5)
            do abate
            do recheck Rework
            do abate
            do recheck Pass
            draw Ordered
            do inspect Return
            do identify {"category": "建筑施工噪声"}
            do abate
            do recheck Pass
            do inspect Pass
            stages Initiation1:Done Response1:Done Analysis1:Done Handling1:Done PostEvaluation1:Return Analysis2:Done Handling2:Done PostEvaluation2:Done
            closed
            """),
        new("waste-noise-radiation", "a source", """
            raise 2026-09-14T10:00 {"kind": "辐射"}
            do radiation-site
            do identify {"category": "放射源"}
            open secure secure
            sign secure Agree
            do recheck Pass
            do inspect|review Pass
            closed
            """),
        new("waste-noise-radiation", "waste of which nobody said that it is waste", """
            raise 2026-09-14T10:00
            do triage Waste
            do waste-site
            do identify {"category": "危险废物"}
            do clear
            do recheck Pass
            do inspect|review Pass
            closed
            """),
        new("waste-noise-radiation", "not ours", """
            raise 2026-09-14T10:00
            do triage NotAccepted
            do inspect|review Pass
            stages Initiation1:Done Response1:CloseOut PostEvaluation1:Done
            closed
            """),
    ];
}
