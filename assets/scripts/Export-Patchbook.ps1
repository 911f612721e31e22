<#
Export-Patchbook 1.0: writes what a WSUS server knows, for import into Patchbook.

NOT YET RUN ON A REAL WSUS SERVER. It uses only documented members of the WSUS administration interface; its output
format is tested against Patchbook, the calls are not. If a call fails, please report the message it prints.

It only reads from WSUS. It writes into one folder and nowhere else.

USE
  .\Export-Patchbook.ps1                          on the WSUS server, as administrator or WSUS Reporter
  .\Export-Patchbook.ps1 -OutDir D:\export -Server wsus01 -Port 8531 -UseSsl
  Or paste the whole text into a PowerShell 5.1 window.
  Then drop the folder on Patchbook. All files of the folder are one import.

  -OutDir        folder to write to; default: PatchbookExport in the current folder
  -Server -Port -UseSsl   another server than this one
  -HistoryDays   how far back install times are looked up, 0 for not at all; default 400
  -Restart       begin anew instead of resuming

  Asking every computer can take tens of minutes on the internal database. If it stops, run it again with the same
  -OutDir: finished computers are not asked again for 20 hours. manifest.json is written last; a folder without it, or
  with "complete": false, is not believed about what is missing.

FORMAT (layout 1): UTF-8 with BOM, CRLF, comma, every value quoted, no value = nothing between the commas.
  Times are yyyy-MM-ddTHH:mm:ssZ in UTC; "never" is no value. Lists in one value are joined with |.

  computers.csv     Id, FullDomainName, IPAddress, Make, Model, OSDescription, OSArchitecture, OSVersion, ComputerRole,
                    ClientVersion, LastSync, LastStatus, Groups, ParentServer
  updates.csv       UpdateId, Revision, Title, KB, MsrcSeverity, UpdateClassificationTitle, Products, IsApproved,
                    IsDeclined, IsSuperseded, PublicationState, Created, Arrived
  states.csv        ComputerTargetId, UpdateId, State, Approval, InstalledAt
                    every state but NotApplicable; InstalledAt where the server's event history has a success
  supersedence.csv  UpdateId, SupersededByUpdateId
  manifest.json     patchbook_export (layout), script_version, server, culture, started, finished, complete, scope
                    ("all_but_not_applicable"), last_sync, last_sync_result, products, classifications,
                    files (rows per file)
  progress.txt      computers finished so far, for resuming; not imported
#>

function Export-Patchbook {
    [CmdletBinding()]
    param(
        [string]$OutDir = (Join-Path (Get-Location).ProviderPath 'PatchbookExport'),
        [string]$Server = '',
        [int]$Port = 8530,
        [switch]$UseSsl,
        [int]$HistoryDays = 400,
        [switch]$Restart
    )
    $ErrorActionPreference = 'Stop'
    $scriptVersion = '1.0'
    $inv = [Globalization.CultureInfo]::InvariantCulture
    $utf8 = New-Object System.Text.UTF8Encoding($true)
    $started = [DateTime]::UtcNow
    $api = 'Microsoft.UpdateServices.Administration'

    function Iso($when) {
        if ($null -eq $when -or $when.Year -le 1753) { return $null }
        return $when.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", $inv)
    }
    function Line($values) {
        $cells = foreach ($value in $values) {
            if ($null -eq $value -or "$value" -eq '') { '' }
            else { '"' + ("$value" -replace '[\r\n]+', ' ' -replace '"', '""') + '"' }
        }
        return ($cells -join ',') + "`r`n"
    }
    function Save($name, $header, $lines) {
        $path = Join-Path $OutDir $name
        $text = New-Object System.Text.StringBuilder
        [void]$text.Append((Line $header))
        $count = 0
        foreach ($line in $lines) {
            if ($line) { [void]$text.Append($line); $count++ }
        }
        [IO.File]::WriteAllText($path, $text.ToString(), $utf8)
        return $count
    }
    # Some servers lack a member or refuse one object; an export without that value is better than none.
    function Try-Get($block) { try { return & $block } catch { return $null } }

    # --- connect -------------------------------------------------------------------------------------------------
    if (-not (Get-Command Get-WsusServer -ErrorAction SilentlyContinue)) {
        throw 'The cmdlet Get-WsusServer is missing: run this on the WSUS server, or install the WSUS administration tools.'
    }
    if ($Server) { $wsus = Get-WsusServer -Name $Server -PortNumber $Port -UseSsl:$UseSsl } else { $wsus = Get-WsusServer }
    if (-not (Test-Path -LiteralPath $OutDir)) { [void](New-Item -ItemType Directory -Path $OutDir) }
    $OutDir = (Resolve-Path -LiteralPath $OutDir).ProviderPath
    $statesPath = Join-Path $OutDir 'states.csv'
    $progressPath = Join-Path $OutDir 'progress.txt'
    $manifestPath = Join-Path $OutDir 'manifest.json'
    if (Test-Path -LiteralPath $manifestPath) { Remove-Item -LiteralPath $manifestPath }

    # --- computers -----------------------------------------------------------------------------------------------
    Write-Host "Patchbook export $scriptVersion from $($wsus.Name) to $OutDir"
    $computerScope = New-Object "$api.ComputerTargetScope"
    $computerScope.IncludeDownstreamComputerTargets = $true
    $computers = @($wsus.GetComputerTargets($computerScope))
    $servers = @{}
    foreach ($downstream in @(Try-Get { $wsus.GetDownstreamServers() })) {
        if ($downstream) { $servers["$($downstream.Id)"] = $downstream.FullDomainName }
    }
    $lines = foreach ($pc in $computers) {
        $groups = @(Try-Get { $pc.GetComputerTargetGroups() } | Where-Object { $_ } | ForEach-Object { $_.Name -replace '\|', '/' })
        $parent = "$(Try-Get { $pc.ParentServerId })"
        if ($parent -eq '00000000-0000-0000-0000-000000000000') { $parent = $null }
        elseif ($servers[$parent]) { $parent = $servers[$parent] }
        Line @($pc.Id, $pc.FullDomainName, $pc.IPAddress, $pc.Make, $pc.Model, $pc.OSDescription, $pc.OSArchitecture,
            (Try-Get { "$($pc.OSInfo.Version)" }), $pc.ComputerRole, $pc.ClientVersion, (Iso $pc.LastSyncTime),
            (Iso $pc.LastReportedStatusTime), ($groups -join '|'), $parent)
    }
    $countComputers = Save 'computers.csv' @('Id', 'FullDomainName', 'IPAddress', 'Make', 'Model', 'OSDescription',
        'OSArchitecture', 'OSVersion', 'ComputerRole', 'ClientVersion', 'LastSync', 'LastStatus', 'Groups',
        'ParentServer') $lines

    # --- states, one computer after the other, resumable -------------------------------------------------------------
    # progress.txt: one line a finished computer: its id, the length of states.csv after it, the rows it gave.
    $finished = @{}
    $length = 0
    $countStates = 0
    $resume = -not $Restart -and (Test-Path -LiteralPath $progressPath) -and (Test-Path -LiteralPath $statesPath)
    if ($resume -and (Get-Item -LiteralPath $progressPath).LastWriteTimeUtc -lt $started.AddHours(-20)) { $resume = $false }
    if ($resume) {
        foreach ($line in [IO.File]::ReadAllLines($progressPath)) {
            $parts = $line -split "`t"
            if ($parts.Count -eq 4 -and $parts[3] -eq '.') {
                $finished[$parts[0]] = $true
                $length = [long]$parts[1]
                $countStates += [int]$parts[2]
            }
        }
        if ((Get-Item -LiteralPath $statesPath).Length -lt $length) { $resume = $false }
    }
    if (-not $resume -or $length -eq 0) {
        $finished = @{}
        $countStates = 0
        [IO.File]::WriteAllText($statesPath, (Line @('ComputerTargetId', 'UpdateId', 'State', 'Approval', 'InstalledAt')), $utf8)
        [IO.File]::WriteAllText($progressPath, '')
        $length = (Get-Item -LiteralPath $statesPath).Length
    } else {
        Write-Host "Resuming: $($finished.Count) of $($computers.Count) computers are done."
    }
    $stream = New-Object IO.FileStream($statesPath, [IO.FileMode]::Open, [IO.FileAccess]::ReadWrite)
    $updateScope = New-Object "$api.UpdateScope"
    $updateScope.ExcludedInstallationStates = 'NotApplicable'
    $serverFilters = $null
    $failed = 0
    $number = 0
    try {
        # Cuts off what a stopped run wrote of its last computer.
        $stream.SetLength($length)
        [void]$stream.Seek(0, [IO.SeekOrigin]::End)
        foreach ($pc in $computers) {
            $number++
            if ($finished["$($pc.Id)"]) { continue }
            Write-Progress -Activity 'Patchbook export: update states' -Status "$number of $($computers.Count): $($pc.FullDomainName)" `
                -PercentComplete (100 * $number / [Math]::Max(1, $computers.Count))
            try {
                $infos = @()
                if ($serverFilters -ne $false) { $infos = @($pc.GetUpdateInstallationInfoPerUpdate($updateScope)) }
                if ($serverFilters -ne $true) {
                    # Once: does leaving out "not applicable" on the server leave out nothing else?
                    $all = @($pc.GetUpdateInstallationInfoPerUpdate() | Where-Object { "$($_.UpdateInstallationState)" -ne 'NotApplicable' })
                    if ($null -eq $serverFilters -and $all.Count -gt 0) { $serverFilters = ($all.Count -eq $infos.Count) }
                    $infos = $all
                }
                $installed = @{}
                if ($HistoryDays -gt 0) {
                    $events = Try-Get { $wsus.GetUpdateEventHistory($started.AddDays(-$HistoryDays), $started.AddDays(1), $pc) }
                    foreach ($happened in @($events)) {
                        if ($happened -and "$($happened.Status)" -eq 'Succeeded') {
                            $key = "$($happened.UpdateId.UpdateId)"
                            if (-not $installed[$key] -or $happened.CreationDate -gt $installed[$key]) { $installed[$key] = $happened.CreationDate }
                        }
                    }
                }
                $text = New-Object System.Text.StringBuilder
                $rows = 0
                foreach ($info in $infos) {
                    $state = "$($info.UpdateInstallationState)"
                    if ($state -eq 'NotApplicable') { continue }
                    $when = $null
                    if ($state -eq 'Installed' -or $state -eq 'InstalledPendingReboot') { $when = Iso $installed["$($info.UpdateId)"] }
                    [void]$text.Append((Line @($pc.Id, $info.UpdateId, $state, $info.UpdateApprovalAction, $when)))
                    $rows++
                }
                $bytes = (New-Object System.Text.UTF8Encoding($false)).GetBytes($text.ToString())
                $stream.Write($bytes, 0, $bytes.Length)
                $stream.Flush()
                $countStates += $rows
                [IO.File]::AppendAllText($progressPath, "$($pc.Id)`t$($stream.Length)`t$rows`t.`r`n")
            } catch {
                $failed++
                Write-Warning "$($pc.FullDomainName): $($_.Exception.Message)"
                if ($failed -ge 10 -and $failed -eq $number) { throw 'The first ten computers all failed; see the messages above.' }
            }
        }
    } finally {
        $stream.Dispose()
        Write-Progress -Activity 'Patchbook export: update states' -Completed
    }

    # --- updates and supersedence ------------------------------------------------------------------------------------
    $wanted = New-Object 'System.Collections.Generic.Queue[string]'
    $known = @{}
    $reader = New-Object IO.StreamReader($statesPath, $utf8)
    try {
        [void]$reader.ReadLine()
        while ($null -ne ($line = $reader.ReadLine())) {
            $id = $line.Split('"')[3]
            if ($id -and -not $known[$id]) { $known[$id] = $true; $wanted.Enqueue($id) }
        }
    } finally { $reader.Dispose() }
    $updates = New-Object 'System.Collections.Generic.List[string]'
    $edges = New-Object 'System.Collections.Generic.List[string]'
    $newer = [Enum]::Parse(("$api.UpdateRelationship" -as [type]), 'UpdatesThatSupersedeThisUpdate')
    $number = 0
    while ($wanted.Count -gt 0) {
        $id = $wanted.Dequeue()
        $number++
        if ($number % 25 -eq 0) {
            Write-Progress -Activity 'Patchbook export: updates' -Status "$number of $($number + $wanted.Count)" `
                -PercentComplete (100 * $number / ($number + $wanted.Count))
        }
        $update = Try-Get { $wsus.GetUpdate([guid]$id) }
        if (-not $update) { continue }
        $kbs = @($update.KnowledgebaseArticles) -join '|'
        $products = @($update.ProductTitles | ForEach-Object { $_ -replace '\|', '/' }) -join '|'
        $updates.Add((Line @($update.Id.UpdateId, $update.Id.RevisionNumber, $update.Title, $kbs, $update.MsrcSeverity,
            $update.UpdateClassificationTitle, $products, $update.IsApproved, $update.IsDeclined, $update.IsSuperseded,
            $update.PublicationState, (Iso $update.CreationDate), (Iso $update.ArrivalDate))))
        if ($update.IsSuperseded) {
            foreach ($other in @(Try-Get { $update.GetRelatedUpdates($newer) })) {
                if (-not $other) { continue }
                $otherId = "$($other.Id.UpdateId)"
                $edges.Add((Line @($update.Id.UpdateId, $otherId)))
                if (-not $known[$otherId]) { $known[$otherId] = $true; $wanted.Enqueue($otherId) }
            }
        }
    }
    Write-Progress -Activity 'Patchbook export: updates' -Completed
    $countUpdates = Save 'updates.csv' @('UpdateId', 'Revision', 'Title', 'KB', 'MsrcSeverity', 'UpdateClassificationTitle',
        'Products', 'IsApproved', 'IsDeclined', 'IsSuperseded', 'PublicationState', 'Created', 'Arrived') $updates
    $countEdges = Save 'supersedence.csv' @('UpdateId', 'SupersededByUpdateId') $edges

    # --- manifest, last: its presence says that the set is whole -----------------------------------------------------
    $subscription = Try-Get { $wsus.GetSubscription() }
    $products = @(Try-Get { $subscription.GetUpdateCategories() } | Where-Object { $_ } | ForEach-Object { "$($_.Title)" } | Sort-Object -Unique)
    $classes = @(Try-Get { $subscription.GetUpdateClassifications() } | Where-Object { $_ } | ForEach-Object { "$($_.Title)" } | Sort-Object -Unique)
    $sync = Try-Get { $subscription.GetLastSynchronizationInfo() }
    $manifest = New-Object PSObject -Property @{
        patchbook_export = 1
        script_version   = $scriptVersion
        server           = "$($wsus.Name)"
        culture          = [Globalization.CultureInfo]::CurrentCulture.Name
        started          = (Iso $started)
        finished         = (Iso ([DateTime]::UtcNow))
        complete         = ($failed -eq 0)
        scope            = 'all_but_not_applicable'
        last_sync        = "$(if ($sync) { Iso $sync.EndTime })"
        last_sync_result = "$(if ($sync) { $sync.Result })"
        products         = $products
        classifications  = $classes
        files            = New-Object PSObject -Property @{
            'computers.csv'    = $countComputers
            'updates.csv'      = $countUpdates
            'supersedence.csv' = $countEdges
            'states.csv'       = $countStates
        }
    }
    [IO.File]::WriteAllText($manifestPath, ($manifest | ConvertTo-Json -Depth 4), $utf8)
    if (-not $failed) { Remove-Item -LiteralPath $progressPath }
    Write-Host "Done: $countComputers computers, $countUpdates updates, $countStates states in $OutDir"
    if ($failed) { Write-Warning "$failed computers could not be asked; run the script again later." }
}

Export-Patchbook @args
